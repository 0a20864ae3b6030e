import assert from 'node:assert/strict'
import type {
  Engine,
  EngineEntry,
  EngineRange,
  EngineReader,
  EngineSnapshot,
  EngineSpace,
  EngineWrite,
} from '../state/engine/engine.ts'

/** What may happen to an engine. Keys and values are hexadecimal text; a reader is one of those that are open, by number. */
export type EngineStep =
  | { readonly do: 'commit'; readonly writes: readonly (readonly [key: string, value: string | null])[] }
  | ({ readonly do: 'range' } & EngineBounds)
  | { readonly do: 'snapshot' }
  | ({ readonly do: 'rangeOfSnapshot'; readonly reader: number } & EngineBounds)
  | { readonly do: 'read'; readonly reader: number; readonly entries: number }
  | { readonly do: 'get'; readonly reader: number; readonly key: string }
  | { readonly do: 'closeRange'; readonly reader: number }
  | { readonly do: 'closeSnapshot'; readonly reader: number }
  | { readonly do: 'wipe' }

interface EngineBounds {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly reverse?: boolean
}

/** By keys. Never changed, but replaced, so that readers keep theirs. */
type Rows = ReadonlyMap<string, string>

interface OpenRange {
  readonly range: EngineRange
  readonly snapshot: OpenSnapshot | undefined
  /** What it has still to give out. */
  readonly left: string[]
}

interface OpenSnapshot {
  readonly snapshot: EngineSnapshot
  readonly rows: Rows
}

/** A store of an engine beside a plain account of what each of its readers must see. Throws where they differ. */
export class EngineAccount {
  readonly #space: EngineSpace
  readonly #store: string
  readonly #engine: Engine
  #rows: Rows
  #ranges: OpenRange[] = []
  #snapshots: OpenSnapshot[] = []

  /** `rows` is what the store holds already. */
  constructor(space: EngineSpace, store: string, rows: Rows = new Map()) {
    this.#space = space
    this.#store = store
    this.#engine = space.open(store)
    this.#rows = rows
  }

  get rows(): Rows {
    return this.#rows
  }

  do(step: EngineStep): void {
    switch (step.do) {
      case 'commit':
        return this.#commit(step.writes)
      case 'range':
        this.#ranges.push(opened(this.#engine, this.#rows, undefined, step))
        return
      case 'snapshot':
        this.#snapshots.push({ snapshot: this.#engine.snapshot(), rows: this.#rows })
        return
      case 'rangeOfSnapshot': {
        const open = pick(this.#snapshots, step.reader)
        if (open !== undefined) this.#ranges.push(opened(open.snapshot, open.rows, open, step))
        return
      }
      case 'read':
        return read(pick(this.#ranges, step.reader), step.entries)
      case 'get':
        return this.#get(step.key, pick(this.#snapshots, step.reader))
      case 'closeRange':
        return this.#closeRange(pick(this.#ranges, step.reader))
      case 'closeSnapshot':
        return this.#closeSnapshot(pick(this.#snapshots, step.reader))
      case 'wipe':
        this.#space.wipe(this.#store)
        this.#rows = new Map()
    }
  }

  /** Reads all that is open to its end, and closes it. */
  end(): void {
    for (const open of this.#ranges.splice(0)) read(open, Number.POSITIVE_INFINITY)
    for (const { snapshot, rows } of this.#snapshots.splice(0)) {
      assert.deepEqual(all(snapshot), expected(rows, {}), 'a snapshot shows its moment')
      snapshot.close()
    }
    assert.deepEqual(all(this.#engine), expected(this.#rows, {}), 'the engine shows what was committed')
  }

  #commit(writes: readonly (readonly [string, string | null])[]): void {
    const list = writes.map(([key, value]): EngineWrite => ({
      key: bytes(key),
      value: value === null ? null : bytes(value),
    }))
    this.#space.commit(new Map([[this.#store, list]]), new Map())
    const rows = new Map(this.#rows)
    for (const [key, value] of writes) {
      if (value === null) rows.delete(key)
      else rows.set(key, value)
    }
    this.#rows = rows
  }

  #get(key: string, open: OpenSnapshot | undefined): void {
    assert.equal(this.#engine.get(bytes(key))?.toString('hex'), this.#rows.get(key), `get of ${keyText(key)}`)
    if (open === undefined) return
    const found = open.snapshot.get(bytes(key))?.toString('hex')
    assert.equal(found, open.rows.get(key), `get of ${keyText(key)} from a snapshot`)
  }

  #closeRange(open: OpenRange | undefined): void {
    if (open === undefined) return
    assert.equal(open.range.return().done, true)
    assert.equal(open.range.next().done, true, 'a range that was closed gives out nothing more')
    this.#ranges = this.#ranges.filter((each) => each !== open)
  }

  /** With the ranges that read from it. */
  #closeSnapshot(open: OpenSnapshot | undefined): void {
    if (open === undefined) return
    for (const range of this.#ranges.filter(({ snapshot }) => snapshot === open)) this.#closeRange(range)
    open.snapshot.close()
    open.snapshot.close()
    this.#snapshots = this.#snapshots.filter((each) => each !== open)
  }
}

function opened(reader: EngineReader, rows: Rows, snapshot: OpenSnapshot | undefined, bounds: EngineBounds): OpenRange {
  const { from, to, reverse = false } = bounds
  const range = reader.range(
    from === undefined ? undefined : bytes(from),
    to === undefined ? undefined : bytes(to),
    reverse,
  )
  return { range, snapshot, left: expected(rows, bounds) }
}

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list.length === 0 ? undefined : list[number % list.length]
}

function read(open: OpenRange | undefined, entries: number): void {
  if (open === undefined) return
  for (let left = entries; left > 0; left--) {
    const result = open.range.next()
    const wanted: string | undefined = open.left.shift()
    assert.equal(
      result.done === true ? undefined : text(result.value),
      wanted,
      'a range shows the moment of its making',
    )
    if (wanted === undefined) return
  }
}

function expected(rows: Rows, { from, to, reverse }: EngineBounds): string[] {
  const inside = [...rows]
    .map(([key, value]) => [bytes(key), value] as const)
    .filter(([key]) => from === undefined || key.compare(bytes(from)) >= 0)
    .filter(([key]) => to === undefined || key.compare(bytes(to)) < 0)
    .toSorted(([left], [right]) => left.compare(right))
    .map(([key, value]) => `${keyText(key.toString('hex'))}=${value}`)
  return reverse === true ? inside.toReversed() : inside
}

function all(reader: EngineReader): string[] {
  return Array.from(reader.range(undefined, undefined, false), text)
}

function text({ key, value }: EngineEntry): string {
  return `${keyText(key.toString('hex'))}=${value.toString('hex')}`
}

/** Long keys by their ends, so that a message can be read. */
function keyText(key: string): string {
  return key.length <= 40 ? key : `${key.slice(0, 8)}…(${key.length / 2} bytes)…${key.slice(-8)}`
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}
