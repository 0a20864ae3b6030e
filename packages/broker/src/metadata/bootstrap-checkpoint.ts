import { Reader, RecordBatch, RecordBatchBuilder, Writer } from '@streamwright/protocol'
import type { Init, MessageCodec } from '@streamwright/protocol'
import { featureLevelRecord } from '@streamwright/protocol/messages/feature-level-record'
import { kRaftVersionRecord } from '@streamwright/protocol/messages/kraft-version-record'
import { snapshotFooterRecord } from '@streamwright/protocol/messages/snapshot-footer-record'
import { snapshotHeaderRecord } from '@streamwright/protocol/messages/snapshot-header-record'
import { userScramCredentialRecord } from '@streamwright/protocol/messages/user-scram-credential-record'
import { votersRecord } from '@streamwright/protocol/messages/voters-record'
import type { ScramCredential } from '../security/scram-credential.ts'

/** What a cluster begins with. */
export interface BootstrapMetadata {
  /** Levels by the features' names. Those that are not there are at 0. */
  readonly features: ReadonlyMap<string, number>
  readonly scramCredentials: readonly ScramCredential[]
}

/** A controller that a cluster begins with. */
export interface InitialController {
  readonly id: number
  readonly directoryId: string
  readonly listenerName: string
  readonly host: string
  readonly port: number
}

/** The types of control records in a snapshot. */
const controlTypes = { header: 3, footer: 4, quorumVersion: 5, voters: 6 } as const
/** The types of records of metadata, of which a new cluster has these. */
const recordTypes = { scramCredential: 11, featureLevel: 12 } as const
const frameVersion = 1

/** The content of a `bootstrapFile`, as Kafka writes it. */
export function encodeBootstrap({ features, scramCredentials }: BootstrapMetadata, nowMs: number): Buffer {
  const file = new SnapshotFile(nowMs)
  file.control([[controlTypes.header, snapshotHeaderRecord, { version: 0, lastContainedLogTimestamp: 0n }]])
  file.data([
    ...[...features].map(([name, featureLevel]) =>
      framed(recordTypes.featureLevel, featureLevelRecord, { name, featureLevel }),
    ),
    ...scramCredentials.map(({ user, mechanism, iterations, salt, storedKey, serverKey }) =>
      framed(recordTypes.scramCredential, userScramCredentialRecord, {
        name: user,
        mechanism,
        iterations,
        salt: Buffer.from(salt, 'base64'),
        storedKey: Buffer.from(storedKey, 'base64'),
        serverKey: Buffer.from(serverKey, 'base64'),
      }),
    ),
  ])
  file.control([[controlTypes.footer, snapshotFooterRecord, { version: 0 }]])
  return file.content
}

/** The content of a `quorumFile`, as Kafka writes it. */
export function encodeQuorum(level: number, controllers: readonly InitialController[], nowMs: number): Buffer {
  const file = new SnapshotFile(nowMs)
  const voters = controllers.map(({ id, directoryId, listenerName, host, port }) => ({
    voterId: id,
    voterDirectoryId: directoryId,
    endpoints: [{ name: listenerName, host, port }],
    kRaftVersionFeature: { minSupportedVersion: 0, maxSupportedVersion: 1 },
  }))
  const header = { version: 0, lastContainedLogTimestamp: BigInt(nowMs) }
  file.control([
    [controlTypes.header, snapshotHeaderRecord, header],
    [controlTypes.quorumVersion, kRaftVersionRecord, { version: 0, kRaftVersion: level }],
    [controlTypes.voters, votersRecord, { version: 0, voters }],
  ])
  file.control([[controlTypes.footer, snapshotFooterRecord, { version: 0 }]])
  return file.content
}

/** Reads either file. What says other things is passed over. Throws `KafkaError` for what is damaged. */
export function decodeBootstrap(content: Buffer): BootstrapMetadata {
  const features = new Map<string, number>()
  const scramCredentials: ScramCredential[] = []
  for (const batch of RecordBatch.read(content)) {
    batch.ensureValid()
    const records = batch.records()
    while (records.next()) {
      const [key, value] = [records.key(), records.value()]
      if (value === null) continue
      if (batch.isControl) noteQuorumVersion(key, value, features)
      else noteRecord(value, features, scramCredentials)
    }
  }
  return { features, scramCredentials }
}

function noteQuorumVersion(key: Buffer | null, value: Buffer, features: Map<string, number>): void {
  if (key?.readInt16BE(2) !== controlTypes.quorumVersion) return
  features.set('kraft.version', kRaftVersionRecord.decode(new Reader(value), 0).kRaftVersion)
}

function noteRecord(value: Buffer, features: Map<string, number>, scramCredentials: ScramCredential[]): void {
  const reader = new Reader(value)
  if (reader.uvarint() !== frameVersion) return
  const [type, version] = [reader.uvarint(), reader.uvarint()]
  if (type === recordTypes.featureLevel) {
    const { name, featureLevel } = featureLevelRecord.decode(reader, version)
    features.set(name, featureLevel)
  } else if (type === recordTypes.scramCredential) {
    const { name, salt, storedKey, serverKey, ...rest } = userScramCredentialRecord.decode(reader, version)
    scramCredentials.push({
      user: name,
      mechanism: rest.mechanism,
      iterations: rest.iterations,
      salt: salt.toString('base64'),
      storedKey: storedKey.toString('base64'),
      serverKey: serverKey.toString('base64'),
    })
  }
}

type ControlRecord<Message> = readonly [type: number, codec: MessageCodec<Message>, message: Init<Message>]

/** Batches, one after the other. */
class SnapshotFile {
  readonly #nowMs: number
  readonly #batches: Buffer[] = []
  #offset = 0

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  get content(): Buffer {
    return Buffer.concat(this.#batches)
  }

  // What the messages are is of no interest here, as long as each has its own codec.
  control<A, B = A, C = A>(records: readonly [ControlRecord<A>, ControlRecord<B>?, ControlRecord<C>?]): void {
    const builder = new RecordBatchBuilder({ initialCapacity: 256 })
    const append = <Message>(record: ControlRecord<Message> | undefined): void => {
      if (record === undefined) return
      const [type, codec, message] = record
      const key = Buffer.alloc(4)
      key.writeInt16BE(type, 2)
      const writer = new Writer()
      codec.encode(writer, 0, message)
      builder.append(this.#nowMs, key, writer.toBuffer())
    }
    append(records[0])
    append(records[1])
    append(records[2])
    this.#end(builder, true)
  }

  data(values: readonly Buffer[]): void {
    const builder = new RecordBatchBuilder()
    for (const value of values) builder.append(this.#nowMs, null, value)
    this.#end(builder, false)
  }

  #end(builder: RecordBatchBuilder, control: boolean): void {
    const { recordCount } = builder
    this.#batches.push(builder.build({ control, baseOffset: this.#offset, partitionLeaderEpoch: 0, baseSequence: -1 }))
    this.#offset += recordCount
  }
}

function framed<Message>(type: number, codec: MessageCodec<Message>, message: Init<Message>): Buffer {
  const writer = new Writer()
  writer.uvarint(frameVersion)
  writer.uvarint(type)
  writer.uvarint(0)
  codec.encode(writer, 0, message)
  return writer.toBuffer()
}
