import { crc32c } from '@streamwright/protocol'
import type { Environment } from '@streamwright/std'
import { asError, assert, present } from '@streamwright/std'
import { DataDirectoryError } from '../errors.ts'
import { metadataLogCompactionBytes, metadataLogGarbageRatio, metadataRecordBytesMax } from '../limits.ts'
import type { Storage, StorageFile } from '../log/storage.ts'
import type { MetadataRecord } from './metadata-record.ts'
import { MetadataState } from './metadata-state.ts'

const headerBytes = 8
const firstLine = 'streamwright-metadata 1\n'

/**
 * The durable list of what the broker knows beside the logs. After one line of text that names the format, each record
 * is framed: length (uint32), CRC-32C of the payload (uint32), payload (JSON). A record that a crash cut short is the
 * last one; it was never acknowledged and is dropped.
 *
 * Reading and writing are separate steps, because the directory is locked (by the log directory) only in between, and
 * a file that another process may own must not be touched.
 */
export class MetadataLog {
  readonly state: MetadataState
  /** What was read says something: this is not the first start in this directory. */
  readonly hadRecords: boolean
  readonly #storage: Storage
  readonly #path: string
  readonly #environment: Environment
  #file: StorageFile | undefined
  #sizeInBytes: number
  /** The size from which on a look at what is outdated may be worth its while. */
  #compactionBytes: number = metadataLogCompactionBytes
  #sync: Promise<void> | undefined
  #nextSync: Promise<void> | undefined

  private constructor(storage: Storage, path: string, environment: Environment, content: Content) {
    this.#storage = storage
    this.#path = path
    this.#environment = environment
    this.state = content.state
    this.hadRecords = content.sizeInBytes > firstLine.length
    this.#sizeInBytes = content.sizeInBytes
  }

  /** Replays the file, without changing it. A missing file is an empty one. Throws `DataDirectoryError`. */
  static read(storage: Storage, path: string, environment: Environment): MetadataLog {
    const bytes = storage.exists(path) ? storage.readFile(path) : Buffer.alloc(0)
    return new MetadataLog(storage, path, environment, replay(bytes, path))
  }

  /** Opens the file for writing and cuts off what a crash left unfinished. Only after the directory was locked. */
  openForWriting(): void {
    assert(this.#file === undefined, 'The metadata log is opened once')
    if (this.#sizeInBytes === 0) {
      // On the disk under its name, first line and all, before anything is acknowledged.
      this.#storage.replaceFile(this.#path, firstLine)
      this.#sizeInBytes = firstLine.length
    }
    const file = this.#storage.open(this.#path, 'append')
    const size = file.sizeInBytes()
    if (size !== this.#sizeInBytes) {
      this.#environment.log.warn('The last entry of the metadata log was cut short by a crash and is dropped', {
        path: this.#path,
        bytes: size - this.#sizeInBytes,
      })
      file.truncate(this.#sizeInBytes)
    }
    file.syncNow()
    this.#file = file
  }

  /** Applies the records to the state at once; they are durable when the promise resolves. */
  append(...records: readonly MetadataRecord[]): Promise<void> {
    const file = present(this.#file, 'The metadata log is open for writing')
    const bytes = Buffer.concat(records.map(frame))
    file.write([bytes], this.#sizeInBytes)
    this.#sizeInBytes += bytes.length
    for (const record of records) this.state.apply(record)
    return this.#synced()
  }

  async close(): Promise<void> {
    if (this.#file === undefined) return
    await this.#synced()
    this.#file.close()
    this.#file = undefined
  }

  /** One fsync serves all who asked for it while the one before was running. */
  #synced(): Promise<void> {
    if (this.#sync === undefined) {
      this.#sync = present(this.#file, 'The metadata log is open')
        .sync()
        .finally(() => {
          this.#sync = undefined
          if (this.#sizeInBytes > this.#compactionBytes) this.#compactIfWorthwhile()
        })
      return this.#sync
    }
    const next = (): Promise<void> => {
      this.#nextSync = undefined
      return this.#synced()
    }
    // The one before may fail; what came after it is another attempt.
    this.#nextSync ??= this.#sync.then(next, next)
    return this.#nextSync
  }

  /** Only while no sync runs: the file is another one afterwards. */
  #compactIfWorthwhile(): void {
    const content = Buffer.concat([Buffer.from(firstLine), ...[...this.state.snapshot()].map(frame)])
    this.#compactionBytes = Math.max(metadataLogCompactionBytes, content.length * metadataLogGarbageRatio)
    if (this.#sizeInBytes <= this.#compactionBytes) return
    present(this.#file, 'The metadata log is open').close()
    this.#storage.replaceFile(this.#path, content)
    this.#file = this.#storage.open(this.#path, 'append')
    this.#sizeInBytes = content.length
  }
}

interface Content {
  readonly state: MetadataState
  readonly sizeInBytes: number
}

function frame(record: MetadataRecord): Buffer {
  const payload = Buffer.from(JSON.stringify(record))
  assert(payload.length <= metadataRecordBytesMax, 'A metadata record is not longer than a reader accepts')
  const header = Buffer.allocUnsafe(headerBytes)
  header.writeUInt32BE(payload.length, 0)
  header.writeUInt32BE(crc32c(payload), 4)
  return Buffer.concat([header, payload])
}

function replay(bytes: Buffer, path: string): Content {
  const state = new MetadataState()
  if (bytes.length < firstLine.length && firstLine.startsWith(bytes.toString('latin1'))) {
    return { state, sizeInBytes: 0 }
  }
  if (bytes.toString('latin1', 0, firstLine.length) !== firstLine) {
    throw new DataDirectoryError(`${path} is not a metadata log of this version: give another data directory`)
  }
  let position = firstLine.length
  for (;;) {
    const payload = payloadAt(bytes, position)
    if (payload === undefined) break
    try {
      state.apply(JSON.parse(payload.toString()) as MetadataRecord)
    } catch (error) {
      const why = `${path} holds an entry at byte ${position} that cannot be applied: ${asError(error).message}`
      throw new DataDirectoryError(`${why}. It was written by another version, or by hand`, error)
    }
    position += headerBytes + payload.length
  }
  return { state, sizeInBytes: position }
}

/**
 * The payload of a whole and correct frame at `position`. None is empty: a disk that lost its power leaves zeros where
 * the file had grown, and those would be a correct frame of nothing.
 */
function payloadAt(bytes: Buffer, position: number): Buffer | undefined {
  if (position + headerBytes > bytes.length) return undefined
  const length = bytes.readUInt32BE(position)
  const start = position + headerBytes
  if (length === 0 || length > metadataRecordBytesMax || start + length > bytes.length) return undefined
  const payload = bytes.subarray(start, start + length)
  return crc32c(payload) === bytes.readUInt32BE(position + 4) ? payload : undefined
}
