import { StreamsError } from '../errors.ts'
import type { StoreFactory } from '../graph/store-factory.ts'
import { ProcessorGraphNode } from '../graph/processor-nodes.ts'
import { StreamJoinNode } from '../graph/stream-join-node.ts'
import { StreamJoinSide, StreamJoinWindow } from '../operators/stream-join.ts'
import { StreamSelfJoin } from '../operators/stream-self-join.ts'
import { PassThrough } from '../operators/stream-peek.ts'
import { isPersistent } from '../state/store-definition.ts'
import type { WindowStoreDefinition } from '../state/store-definition.ts'
import { validateName } from '../topology/names.ts'
import { requireSerde } from '../topology/require-serde.ts'
import { copartition } from './copartition.ts'
import type { AnyJoiner } from './functions.ts'
import type { StreamPlace } from './inner.ts'
import type { JoinWindows } from './join-windows.ts'
import type { StreamJoinedOptions } from './options.ts'
import type { KStream } from './stream.ts'
import type { WindowStoreSupplier } from './stores.ts'
import { repartitionForJoin } from './stream-table-join.ts'

type AnySerde = StreamPlace['key']
type AnyOptions = StreamJoinedOptions<unknown, unknown, unknown>

/** `join`, `leftJoin` and `outerJoin` of two streams. Java: `KStreamImplJoin`. */
export class StreamJoinBuilder {
  readonly #kind: 'inner' | 'left' | 'outer'
  readonly #windows: JoinWindows
  readonly #options: AnyOptions

  constructor(kind: 'inner' | 'left' | 'outer', windows: JoinWindows, options: AnyOptions) {
    this.#kind = kind
    this.#windows = windows
    this.#options = options
    if (options.name !== undefined) validateName(options.name)
    if (options.storeName !== undefined) validateName(options.storeName)
  }

  join<K, Result>(leftPlace: StreamPlace, rightPlace: StreamPlace, joiner: AnyJoiner): KStream<K, Result> {
    const { builder } = leftPlace
    const { names } = builder
    const { name } = this.#options
    const left = this.#repartitioned(leftPlace, '-left', this.#options.value)
    // A stream that is joined with itself is repartitioned for each side.
    const right = this.#repartitioned(rightPlace, '-right', this.#options.otherValue)
    const sources = copartition(left, right)
    const rightOuter = this.#kind === 'outer'
    const leftOuter = this.#kind !== 'inner'
    const leftSuffix = rightOuter ? '-outer-this-join' : '-this-join'
    const rightSuffix = leftOuter ? '-outer-other-join' : '-other-join'
    const leftWindowName = names.suffixed(name, '-this-windowed', 'KSTREAM-WINDOWED-')
    const rightWindowName = names.suffixed(name, '-other-windowed', 'KSTREAM-WINDOWED-')
    const leftGenerated = names.processor(rightOuter ? 'KSTREAM-OUTERTHIS-' : 'KSTREAM-JOINTHIS-')
    const rightGenerated = names.processor(leftOuter ? 'KSTREAM-OUTEROTHER-' : 'KSTREAM-JOINOTHER-')
    const mergeName = names.suffixed(name, '-merge', 'KSTREAM-MERGE-')
    this.#checkSuppliers()
    const key = this.#options.key
    const owner = `Join ${mergeName}`
    const leftStore = this.#windowStore(left, leftGenerated, leftSuffix, 'left', owner)
    const rightStore = this.#windowStore(right, rightGenerated, rightSuffix, 'right', owner)
    const unjoined = this.#unjoinedStore(left, right, leftGenerated, owner)
    const window = (windowName: string, storeName: string): ProcessorGraphNode =>
      new ProcessorGraphNode(windowName, () => new StreamJoinWindow(storeName))
    const leftWindow = window(leftWindowName, leftStore.name)
    builder.addNode([left.node], leftWindow)
    const rightWindow = window(rightWindowName, rightStore.name)
    builder.addNode([right.node], rightWindow)
    const span = this.#windows
    const leftFirst = (recordKey: unknown, own: unknown, other: unknown): unknown => joiner(own, other, recordKey)
    const rightFirst = (recordKey: unknown, own: unknown, other: unknown): unknown => joiner(other, own, recordKey)
    const unjoinedStoreName = this.#windows.waitsForMatches ? unjoined?.name : undefined
    const node = new StreamJoinNode(mergeName, {
      left: {
        name: name === undefined ? leftGenerated : `${name}${leftSuffix}`,
        window: leftWindow,
        store: leftStore.factory,
        create: () =>
          new StreamJoinSide({
            side: 'left',
            otherStoreName: rightStore.name,
            span,
            joiner: leftFirst,
            resultsAlone: leftOuter,
            unjoinedStoreName,
          }),
      },
      right: {
        name: name === undefined ? rightGenerated : `${name}${rightSuffix}`,
        window: rightWindow,
        store: rightStore.factory,
        create: () =>
          new StreamJoinSide({
            side: 'right',
            otherStoreName: leftStore.name,
            span,
            joiner: rightFirst,
            resultsAlone: rightOuter,
            unjoinedStoreName,
          }),
      },
      unjoinedStore: this.#windows.waitsForMatches ? unjoined?.factory : undefined,
      createMerge: () => new PassThrough<unknown, unknown>(),
      createSelfJoin: () =>
        new StreamSelfJoin({
          storeName: leftStore.name,
          span,
          retentionMs: span.sizeMs + span.graceMs,
          joiner: leftFirst,
        }),
    })
    node.joinsNullKeys = leftOuter
    builder.addNode([left.node, right.node], node)
    return builder.dsl.stream({
      builder,
      node,
      name: mergeName,
      key: key ?? left.key,
      value: undefined,
      sources,
      repartitionRequired: false,
    })
  }

  #repartitioned(place: StreamPlace, suffix: string, value: AnyOptions['value']): StreamPlace {
    if (!place.repartitionRequired) return place
    const { key, name } = this.#options
    const serdes = {
      ...(key === undefined ? {} : { key }),
      ...(value === undefined ? {} : { value }),
      ...(name === undefined ? {} : { name }),
    }
    return repartitionForJoin(place, name === undefined ? place.name : `${name}${suffix}`, serdes)
  }

  #windowStore(
    place: StreamPlace,
    generated: string,
    suffix: string,
    side: 'left' | 'right',
    owner: string,
  ): { readonly name: string; readonly factory: StoreFactory } {
    const { builder } = place
    const { storeName, storeType, logging = true, key } = this.#options
    const supplier = side === 'left' ? this.#options.thisSupplier : this.#options.otherSupplier
    const value = (side === 'left' ? this.#options.value : this.#options.otherValue) ?? place.value
    const name = supplier?.name ?? `${storeName === undefined ? generated : `${storeName}${suffix}`}-store`
    if (supplier === undefined && storeName === undefined) {
      builder.noteUnnamed('store', name)
      if (logging !== false) builder.noteUnnamed('changelog', `${name}-changelog`)
    }
    const { sizeMs, graceMs } = this.#windows
    // Stores of suppliers are always logged, to a topic that is compacted for no use, as in Java.
    const logged = supplier === undefined ? (logging === true ? {} : logging) : { 'cleanup.policy': 'compact,delete' }
    const engine = supplier?.engine ?? storeType ?? builder.options.storeEngine
    const factory = (defaults: { readonly key: AnySerde; readonly value: AnySerde }): WindowStoreDefinition => ({
      kind: 'window',
      name,
      engine,
      caching: false,
      logging: logged,
      timestamped: false,
      // The changelog has the headers of the records; a persistent store of the default format forgets them.
      withHeaders: true,
      keeps: isPersistent(engine) && builder.options.storeFormat !== 'HEADERS' ? 'value' : 'headers',
      retainDuplicates: true,
      retentionMs: sizeMs + graceMs,
      windowSizeMs: sizeMs,
      key: requireSerde(key ?? place.key ?? defaults.key, owner, 'key'),
      value: requireSerde(value ?? defaults.value, owner, 'value'),
    })
    return { name, factory }
  }

  #unjoinedStore(
    left: StreamPlace,
    right: StreamPlace,
    leftGenerated: string,
    owner: string,
  ): { readonly name: string; readonly factory: StoreFactory } | undefined {
    if (this.#kind === 'inner') return undefined
    const { builder } = left
    const { storeName, storeType, thisSupplier, logging = true, key, value, otherValue } = this.#options
    const suffix = this.#kind === 'outer' ? '-outer-shared-join' : '-left-shared-join'
    const given = thisSupplier?.name ?? storeName
    // Named after the number of the left side.
    const number = leftGenerated.slice(leftGenerated.lastIndexOf('-') + 1)
    const name = `${given === undefined ? `KSTREAM-OUTERSHARED-${number}` : `${given}${suffix}`}-store`
    if (given === undefined && this.#windows.waitsForMatches) {
      builder.noteUnnamed('store', name)
      if (logging !== false) builder.noteUnnamed('changelog', `${name}-changelog`)
    }
    const factory: StoreFactory = (defaults) => ({
      kind: 'unjoined',
      name,
      engine: thisSupplier?.engine ?? storeType ?? builder.options.storeEngine,
      caching: false,
      logging: logging === true ? {} : logging,
      key: requireSerde(key ?? left.key ?? defaults.key, owner, 'key'),
      left: requireSerde(value ?? left.value ?? defaults.value, owner, 'value'),
      right: requireSerde(otherValue ?? right.value ?? defaults.value, owner, 'value'),
    })
    return { name, factory }
  }

  #checkSuppliers(): void {
    const { thisSupplier, otherSupplier } = this.#options
    if (thisSupplier !== undefined && thisSupplier.name === otherSupplier?.name) {
      throw new StreamsError('Both StoreSuppliers have the same name.  StoreSuppliers must provide unique names')
    }
    for (const supplier of [thisSupplier, otherSupplier]) if (supplier !== undefined) this.#checkSupplier(supplier)
  }

  #checkSupplier(supplier: WindowStoreSupplier): void {
    const { name, retentionMs, windowSizeMs, retainDuplicates } = supplier
    if (!retainDuplicates) {
      throw new StreamsError('The StoreSupplier must set retainDuplicates=true, found retainDuplicates=false')
    }
    const { sizeMs, graceMs } = this.#windows
    if (retentionMs === sizeMs + graceMs && windowSizeMs === sizeMs) return
    throw new StreamsError(
      `Window settings mismatch. The settings of the store supplier {name='${name}', retentionPeriod=${retentionMs}, windowSize=${windowSizeMs}, retainDuplicates=${retainDuplicates}} must match ${String(this.#windows)} for the window size and retention period`,
    )
  }
}
