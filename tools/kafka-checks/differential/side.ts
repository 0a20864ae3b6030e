import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '@streamwright/protocol'
import { Reader, decodeResponse, encodeRequest, loadApi } from '@streamwright/protocol'
import { ProtocolClient } from '../../../packages/broker/test/support/protocol-client.ts'
import { everyMessage, includesVersion } from '../../../packages/protocol/test/every-message.ts'
import type { FieldDefinition } from '../../../packages/protocol/src/definitions/definition.ts'
import type { Ask } from './ask.ts'
import { Reference } from './reference.ts'

/** What a broker made of a request: the body of its answer, or that there was none. */
export type Outcome = { readonly answer: object } | { readonly none: 'closed' | 'silent' }

const answerTimeoutMs = 5000

/** These are over soon, and a client asks again. */
const passing: ReadonlySet<number> = new Set([14, 15, 16])

/** One of the two brokers: its connections, and what it has called the things that requests are about. */
export class Side {
  readonly known: Map<string, unknown> = new Map()
  readonly #connect: () => Promise<Duplex>
  readonly #clients = new Map<string, ProtocolClient>()
  #correlationId = 1

  constructor(connect: () => Promise<Duplex>) {
    this.#connect = connect
  }

  /** Sends it, again while the broker says that it is not ready. Null: this version cannot say it. */
  async ask(ask: Ask): Promise<Outcome | null> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#askOnce(ask)
      if (outcome === null || attempt > 300 || !('answer' in outcome)) return outcome
      if (!errorCodes(outcome.answer).some((code) => passing.has(code))) {
        this.#learn(ask, outcome.answer)
        return outcome
      }
      await sleep(50)
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close()
  }

  async #askOnce(ask: Ask): Promise<Outcome | null> {
    const api = (await loadApi(ask.api)) as Api<object, object>
    const chunks = this.#encode(api, ask)
    if (chunks === null) return null
    const name = ask.connection ?? ''
    const client = this.#clients.get(name) ?? new ProtocolClient(await this.#connect())
    this.#clients.set(name, client)
    if (ask.isSilent === true) {
      for (const chunk of chunks) client.stream.write(chunk)
      return this.#answerTo(client, name, metadataOfNothing, 12, (await loadApi(3)) as Api<object, object>)
    }
    return this.#answerTo(client, name, chunks, ask.version, api)
  }

  async #answerTo(
    client: ProtocolClient,
    name: string,
    chunks: readonly Uint8Array[],
    version: number,
    api: Api<object, object>,
  ): Promise<Outcome> {
    const answer = client.next()
    for (const chunk of chunks) client.stream.write(chunk)
    const abort = new AbortController()
    const late = sleep(answerTimeoutMs, 'silent' as const, { signal: abort.signal }).catch(() => 'silent' as const)
    const outcome = await Promise.race([answer.catch(() => 'closed' as const), late])
    abort.abort()
    if (typeof outcome !== 'string') return { answer: decodeResponse(api, version, new Reader(outcome)).body }
    client.close()
    this.#clients.delete(name)
    return { none: outcome }
  }

  #encode(api: Api<object, object>, ask: Ask): readonly Uint8Array[] | null {
    const definition = everyMessage.find(({ name }) => name === `${api.name}Request`)
    if (definition === undefined) throw new Error(`${api.name} has no definition`)
    const body = this.#valueOf(ask.body, definition.fields, definition.maxVersion, ask.version) as object
    try {
      const header = { correlationId: this.#correlationId++, clientId: 'alike' }
      const chunks = encodeRequest(api, ask.version, header, body)
      return ask.damage === undefined ? chunks : [framed(ask.damage(Buffer.concat(chunks).subarray(4)))]
    } catch (error) {
      if (error instanceof Error && 'code' in error) return null
      throw error
    }
  }

  /** The part of a value that a version has, with what references stand for. */
  #valueOf(value: unknown, fields: readonly FieldDefinition[] | undefined, newest: number, version: number): unknown {
    if (value instanceof Reference) return value.resolve(this.known)
    if (value instanceof Uint8Array) return value
    if (Array.isArray(value)) return value.map((element) => this.#valueOf(element, fields, newest, version))
    if (typeof value !== 'object' || value === null || fields === undefined) return value
    const members = fields
      .filter(({ name, versions }) => name in value && includesVersion(versions, newest, version))
      .map((field) => [
        field.name,
        this.#valueOf((value as Record<string, unknown>)[field.name], field.fields, newest, version),
      ])
    return Object.fromEntries(members)
  }

  #learn(ask: Ask, answer: object): void {
    const { producerId, producerEpoch, errorCode } = answer as Record<string, unknown>
    const producer = ask.learn?.['producer']
    if (producer !== undefined && errorCode === 0 && typeof producerId === 'bigint' && producerId >= 0n) {
      this.known.set(producer, { id: producerId, epoch: producerEpoch })
      this.known.set(`id of ${producer}`, producerId)
    }
    for (const [field, name] of Object.entries(ask.learn ?? {})) {
      const value = (answer as Record<string, unknown>)[field]
      if (value !== undefined && value !== null && value !== '' && value !== 0) this.known.set(name, value)
    }
    this.#learnTopics(answer)
  }

  #learnTopics(value: unknown): void {
    if (Array.isArray(value)) for (const element of value) this.#learnTopics(element)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
    const { name, topicName, topicId, errorCode } = value as Record<string, unknown>
    const topic = name ?? topicName
    if (
      typeof topic === 'string' &&
      topic !== '' &&
      (errorCode ?? 0) === 0 &&
      typeof topicId === 'string' &&
      !topicId.startsWith('AAAAAAAAAAAAAAAAAAA')
    )
      this.known.set(`topic ${topic}`, topicId)
    for (const member of Object.values(value)) this.#learnTopics(member)
  }
}

/** Metadata v12 of no topic: whoever answers it lives. */
const metadataOfNothing: readonly Uint8Array[] = [
  framed(Buffer.from('0003000c00000001000461736b6500010000 00'.replaceAll(' ', ''), 'hex')),
]

function framed(bytes: Uint8Array): Buffer {
  const frame = Buffer.alloc(4 + bytes.length)
  frame.writeInt32BE(bytes.length)
  frame.set(bytes, 4)
  return frame
}

/** Every error code in an answer. */
export function errorCodes(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(errorCodes)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value).flatMap(([name, member]) =>
    /errorcode$/i.test(name) && typeof member === 'number' ? [member] : errorCodes(member),
  )
}
