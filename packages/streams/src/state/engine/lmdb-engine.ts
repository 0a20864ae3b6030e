import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Database, RootDatabase } from 'lmdb'
import type { Log } from '@streamwright/std'
import type { Engine, EngineEntry, EngineSpace, EngineWrite } from './engine.ts'
import { dataFile, ensureMark } from './state-mark.ts'
import { decodeBucket, encodeBucket, engineKey, isBucket, isLong, updateBucket } from './long-keys.ts'

/** Address space, not disk: the file grows as it is filled. */
const mapBytes = 64 * 1024 ** 3

const storesMax = 256

type Bytes = Database<Buffer, Buffer>

/** One store in LMDB: a named database of the task's environment. */
class LmdbEngine implements Engine {
  readonly #database: Bytes

  constructor(database: Bytes) {
    this.#database = database
  }

  get(key: Buffer): Buffer | undefined {
    const found = this.#database.getBinary(engineKey(key))
    if (found === undefined || !isLong(key)) return found
    const suffix = suffixOf(key)
    return decodeBucket(found).find((entry) => entry.suffix.equals(suffix))?.value
  }

  put({ key, value }: EngineWrite): void {
    const name = engineKey(key)
    if (!isLong(key)) {
      if (value === null) this.#database.removeSync(name)
      else this.#database.putSync(name, value)
      return
    }
    const found = this.#database.getBinary(name)
    const bucket = updateBucket(found === undefined ? [] : decodeBucket(found), suffixOf(key), value)
    if (bucket.length === 0) this.#database.removeSync(name)
    else this.#database.putSync(name, encodeBucket(bucket))
  }

  *range(from: Buffer | undefined, to: Buffer | undefined, reverse: boolean): Iterable<EngineEntry> {
    const first = from === undefined ? undefined : engineKey(from)
    // The bucket that holds `to` must be visited too; what lies beyond it is left out below.
    const last = to === undefined ? undefined : Buffer.concat([engineKey(to), Buffer.from([0])])
    const bounds = reverse ? { start: last, end: first, reverse, inclusiveEnd: true } : { start: first, end: last }
    const options = Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined))
    for (const { key: name, value } of this.#database.getRange({ ...options, snapshot: true })) {
      for (const entry of entriesOf(name, value, reverse)) {
        if (from !== undefined && Buffer.compare(entry.key, from) < 0) continue
        if (to !== undefined && Buffer.compare(entry.key, to) >= 0) continue
        yield entry
      }
    }
  }

  approximateNumEntries(): number {
    const stats: unknown = this.#database.getStats()
    return typeof stats === 'object' && stats !== null && 'entryCount' in stats ? Number(stats.entryCount) : 0
  }

  clear(): void {
    this.#database.clearSync()
  }
}

function suffixOf(key: Buffer): Buffer {
  return key.subarray(engineKey(key).length - 1)
}

function entriesOf(name: Buffer, value: Buffer, reverse: boolean): EngineEntry[] {
  const key = name.subarray(1)
  if (!isBucket(name)) return [{ key, value }]
  const entries = decodeBucket(value).map((entry) => ({ key: Buffer.concat([key, entry.suffix]), value: entry.value }))
  return reverse ? entries.toReversed() : entries
}

/**
 * The engines of a task whose stores persist: one LMDB environment in the task's directory. It is not synced to disk
 * at each commit: the changelog topic is the truth, a crash of the process loses nothing, and after a power failure
 * (another boot of the machine, see `state-mark.ts`) the state is wiped and restored.
 */
export class LmdbEngineSpace implements EngineSpace {
  readonly #root: RootDatabase<Buffer, Buffer>
  readonly #positions: Database<string, string>
  readonly #engines = new Map<string, LmdbEngine>()

  constructor(directory: string, log: Log) {
    mkdirSync(directory, { recursive: true, mode: 0o750 })
    ensureMark(directory, log)
    // Loaded when the first persistent store opens, so that programs without one neither load nor need it.
    const { open }: typeof import('lmdb') = createRequire(import.meta.url)('lmdb')
    this.#root = open<Buffer, Buffer>({
      path: join(directory, dataFile),
      encoding: 'binary',
      keyEncoding: 'binary',
      maxDbs: storesMax,
      mapSize: mapBytes,
      noSync: true,
      noMetaSync: true,
      overlappingSync: false,
      eventTurnBatching: false,
    })
    this.#positions = this.#root.openDB<string, string>({
      name: '*positions',
      encoding: 'string',
      keyEncoding: 'ordered-binary',
    })
  }

  open(store: string): LmdbEngine {
    let engine = this.#engines.get(store)
    if (engine === undefined) {
      engine = new LmdbEngine(
        this.#root.openDB<Buffer, Buffer>({ name: store, encoding: 'binary', keyEncoding: 'binary' }),
      )
      this.#engines.set(store, engine)
    }
    return engine
  }

  position(store: string): number | undefined {
    const text = this.#positions.get(`position:${store}`)
    return text === undefined ? undefined : Number(text)
  }

  commit(writes: ReadonlyMap<string, readonly EngineWrite[]>, positions: ReadonlyMap<string, number>): void {
    this.#root.transactionSync(() => {
      for (const [store, list] of writes) {
        const engine = this.open(store)
        for (const write of list) engine.put(write)
      }
      for (const [store, position] of positions) this.#positions.putSync(`position:${store}`, String(position))
    })
  }

  wipe(store: string): void {
    this.#root.transactionSync(() => {
      this.open(store).clear()
      this.#positions.removeSync(`position:${store}`)
    })
  }

  close(): void {
    this.#engines.clear()
    void this.#root.close()
  }
}
