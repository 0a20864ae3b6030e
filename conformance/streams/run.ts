import type { HandlerOptions, StandardHandler, StoreDefinition } from '@streamwright/streams'
import { DriverCore } from '@streamwright/streams/testing'
import type { DriverCoreOptions } from '@streamwright/streams/testing'
import type { StateStore, Topology, TopologyDefinition } from '@streamwright/streams'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, objectAt, textAt } from '../json.ts'
import type { Report } from '../report.ts'
import type { VectorFile } from '../vector-file.ts'
import type { BuiltDsl } from './build-dsl.ts'
import { DslInterpreter } from './build-dsl.ts'
import { buildPapi } from './build-papi.ts'
import { MismatchError, expectSame, sortedEntries } from './compare.ts'
import { describe, errorDifference } from './errors.ts'
import { checkRecords, inputRecord, isPartitionVector } from './records.ts'
import { checkQuery } from './state-queries.ts'
import { runStoreCommand } from './store-commands.ts'
import { checkStores } from './store-expectations.ts'
import { timestampExtractor } from './time-and-routing.ts'
import { checkTopology } from './topology-expectations.ts'
import { Trace } from './trace.ts'
import { UnsupportedError } from './unsupported.ts'
import type { Vector } from './vector.ts'
import { parseVectors } from './vector.ts'

/** Java's driver waits for no wall-clock time between emissions, unless the vector says so. */
const emitAtOnce = {
  '__emit.interval.ms.kstreams.windowed.aggregation__': '0',
  '__emit.interval.ms.kstreams.outer.join.spurious.results.fix__': '0',
}

/** Runs all vectors of a file. */
export async function runStreamsVectors(file: VectorFile, report: Report): Promise<void> {
  for (const vector of parseVectors(file.text)) runVector(vector, report)
}

function runVector(vector: Vector, report: Report): void {
  try {
    new VectorRun(vector).run()
  } catch (error) {
    const unsupported = findUnsupported(error)
    if (unsupported !== undefined) report.skip(vector.name, unsupported.message)
    else report.fail(vector.name, error instanceof MismatchError ? error.message : describe(error))
    return
  }
  report.pass(vector.name)
}

function findUnsupported(error: unknown): UnsupportedError | undefined {
  if (error instanceof UnsupportedError) return error
  return error instanceof Error && error.cause !== undefined ? findUnsupported(error.cause) : undefined
}

/** One vector from build to close. */
class VectorRun {
  readonly #vector: Vector
  readonly #trace = new Trace()
  readonly #comparesPartitions: boolean
  #bufferTopics: ReadonlySet<string> = new Set()

  constructor(vector: Vector) {
    this.#vector = vector
    this.#comparesPartitions = isPartitionVector(vector)
  }

  run(): void {
    const { expect, config } = this.#vector
    const built = this.#buildOrExpectError()
    if (built === undefined) return
    const definition = this.#define(built.topology)
    this.#bufferTopics = changelogsOfBuffers(definition)
    checkTopology(built.topology, definition, expect)
    this.#checkBuilt(built)
    this.#checkOptimized(config['topology.optimization'])
    const driver = this.#startOrExpectError(definition)
    if (driver === undefined) return
    try {
      this.#runSteps(driver, definition)
    } finally {
      // After a failed step there is nothing to close in order.
      if (driver.task.state !== 'closed') closeQuietly(driver)
    }
  }

  #buildOrExpectError(): BuiltDsl | undefined {
    const { expect } = this.#vector
    const expected = expect['buildError'] ?? expect['startError']
    let built: BuiltDsl
    try {
      built = this.#build(this.#vector.config['topology.optimization'])
    } catch (error) {
      if (error instanceof UnsupportedError || !isRecord(expected)) throw error
      const difference = errorDifference(expected, error)
      if (difference !== undefined) throw new MismatchError(`build error: ${difference}`)
      return undefined
    }
    if ('buildError' in expect)
      throw new MismatchError(
        `no build error, expected ${String(objectAt(expect['buildError'], 'buildError')['message'])}`,
      )
    return built
  }

  #build(optimization: string | undefined): BuiltDsl {
    if (this.#vector.api === 'papi') {
      const topology = buildPapi(this.#vector, this.#trace)
      return { topology, queryableStoreNames: new Map(), branches: new Map() }
    }
    return new DslInterpreter(this.#vector.config, optimization, this.#trace).build(this.#vector.topology)
  }

  #define(topology: Topology): TopologyDefinition {
    const cacheMaxBytes = this.#vector.config['statestore.cache.max.bytes']
    return topology.define({
      applicationId: this.#vector.config['application.id'] ?? 'app',
      ...(cacheMaxBytes === undefined ? {} : { statestoreCacheMaxBytes: Number(cacheMaxBytes) }),
    })
  }

  #checkBuilt(built: BuiltDsl): void {
    const { expect } = this.#vector
    if ('queryableStoreNames' in expect) {
      expectSame(Object.fromEntries(built.queryableStoreNames), expect['queryableStoreNames'], 'queryableStoreNames')
    }
    if ('branches' in expect) expectSame(Object.fromEntries(built.branches), expect['branches'], 'branches')
  }

  #checkOptimized(optimization: string | undefined): void {
    const expected = this.#vector.expect['describeOptimized']
    if (optimization !== undefined || typeof expected !== 'string') return
    const text = String(this.#build('all').topology.describe())
    expectSame(text.split('\n'), expected.split('\n'), 'describeOptimized')
  }

  #startOrExpectError(definition: TopologyDefinition): DriverCore | undefined {
    const { expect } = this.#vector
    this.#trace.take()
    let driver: DriverCore
    try {
      driver = new DriverCore(definition, this.#driverOptions())
    } catch (error) {
      if (!isRecord(expect['startError'])) throw error
      const difference = errorDifference(expect['startError'], error)
      if (difference !== undefined) throw new MismatchError(`start error: ${difference}`)
      return undefined
    }
    if ('startError' in expect) throw new MismatchError('expected an error at the start')
    this.#checkStep(driver, objectAt(expect['onStart'] ?? {}, 'onStart'), 'onStart')
    return driver
  }

  #driverOptions(): DriverCoreOptions {
    const { config, wallClockMs } = this.#vector
    const defaultTimestampExtractor = timestampExtractor(config['default.timestamp.extractor'])
    const cacheMaxBytes = config['statestore.cache.max.bytes']
    const maxTaskIdleMs = config['max.task.idle.ms']
    return {
      startTimeMs: wallClockMs,
      config: { ...emitAtOnce, ...config },
      ...handlers(config),
      ...(cacheMaxBytes === undefined ? {} : { cacheMaxBytes: Number(cacheMaxBytes) }),
      ...(defaultTimestampExtractor === undefined ? {} : { defaultTimestampExtractor }),
      ...(maxTaskIdleMs === undefined ? {} : { maxTaskIdleMs: Number(maxTaskIdleMs) }),
    }
  }

  #runSteps(driver: DriverCore, definition: TopologyDefinition): void {
    const { steps, expect } = this.#vector
    for (const [index, step] of steps.entries()) {
      const expected = objectAt(step['expect'] ?? {}, 'expect')
      const where = `step ${index}`
      const thrown = this.#attempt(() => this.#step(driver, step, definition))
      if (isRecord(expected['error'])) {
        if (thrown === undefined) throw new MismatchError(`${where}: expected an error`)
        const difference = errorDifference(expected['error'], thrown.error)
        if (difference !== undefined) throw new MismatchError(`${where}: ${difference}`)
        this.#checkStep(driver, expected, where)
        return
      }
      if (thrown !== undefined) throw thrown.error
      this.#checkStep(driver, expected, where)
    }
    const stores = storesOf(definition)
    if ('stores' in expect) checkStores(stores, (name) => storeOf(driver, name), expect['stores'])
    if ('droppedRecords' in expect) expectSame(driver.droppedRecords, expect['droppedRecords'], 'droppedRecords')
    driver.close()
    this.#checkStep(driver, objectAt(expect['onClose'] ?? {}, 'onClose'), 'onClose')
    if ('printed' in expect) expectSame(Object.fromEntries(this.#trace.printed), expect['printed'], 'printed')
  }

  #attempt(run: () => void): { readonly error: unknown } | undefined {
    try {
      run()
      return undefined
    } catch (error) {
      if (error instanceof MismatchError || findUnsupported(error) !== undefined) throw error
      return { error }
    }
  }

  #step(driver: DriverCore, step: JsonObject, definition: TopologyDefinition): void {
    if ('pipe' in step) driver.pipe(inputRecord(this.#vector, objectAt(step['pipe'], 'pipe')))
    else if ('batch' in step) driver.pipeBatch(listAt(step, 'batch').map((record) => inputRecord(this.#vector, record)))
    else if ('advanceMs' in step) driver.advanceWallClock(Number(step['advanceMs']))
    else if ('query' in step) this.#query(driver, step, definition)
    else if ('iq' in step) checkQuery(driver, objectAt(step['iq'], 'iq'), objectAt(step['expect'], 'expect')['result'])
    else throw new UnsupportedError(`step ${Object.keys(step).join()}`)
  }

  #query(driver: DriverCore, step: JsonObject, definition: TopologyDefinition): void {
    const query = objectAt(step['query'], 'query')
    const name = textAt(query, 'store')
    const store = storesOf(definition).find((each) => each.name === name)
    const result = runStoreCommand(
      storeOf(driver, name),
      query['cmd'],
      textAt(query, 'key'),
      store !== undefined && 'value' in store ? store.value.name : '',
    )
    const expected = objectAt(step['expect'], 'expect')['result']
    expectSame(sortedEntries(result), sortedEntries(expected), `query of ${name}`)
  }

  #checkStep(driver: DriverCore, expected: JsonObject, where: string): void {
    checkRecords(driver.takeProduced(), expected, where, this.#comparesPartitions, this.#bufferTopics)
    expectSame(this.#trace.take(), expected['trace'] ?? [], `${where}: trace`)
  }
}

function changelogsOfBuffers({ subtopologies }: TopologyDefinition): ReadonlySet<string> {
  const buffers = subtopologies.flatMap(({ stores, changelogTopics }) =>
    stores.filter(({ kind }) => kind === 'suppressBuffer').map(({ name }) => changelogTopics.get(name)?.name ?? ''),
  )
  return new Set(buffers)
}

function handlers(config: Readonly<Record<string, string>>): HandlerOptions {
  return {
    deserializationExceptionHandler: standardHandler(config['deserialization.exception.handler']),
    processingExceptionHandler: standardHandler(config['processing.exception.handler']),
    processingExceptionHandlerGlobalEnabled: config['processing.exception.handler.global.enabled'] === 'true',
    productionExceptionHandler: standardHandler(config['production.exception.handler']),
    errorsDeadLetterQueueTopicName: config['errors.dead.letter.queue.topic.name'],
  }
}

function standardHandler(name: string | undefined): StandardHandler | undefined {
  if (name === undefined || name === 'logAndFail' || name === 'logAndContinue') return name
  throw new UnsupportedError(`the exception handler ${name}`)
}

function storesOf({ subtopologies, globalNodes }: TopologyDefinition): StoreDefinition[] {
  return [...subtopologies.flatMap(({ stores }) => [...stores]), ...globalNodes.map(({ store }) => store)]
}

function storeOf(driver: DriverCore, name: string): StateStore {
  const store = driver.store(name)
  if (store === undefined) throw new MismatchError(`There is no store ${name}`)
  return store
}

function closeQuietly(driver: DriverCore): void {
  try {
    driver.close()
  } catch {
    // The vector has failed already, or was to fail.
  }
}
