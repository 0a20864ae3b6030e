import type { Api, MessageCodec } from '../../packages/protocol/src/api.ts'
import { apiDefinitions, messageDefinitions } from '../../packages/protocol/src/definitions/index.ts'
import type { FieldDefinition, Versions } from '../../packages/protocol/src/definitions/definition.ts'

/** A message with its definition, in one shape for requests, responses and all others. */
export interface KnownMessage {
  readonly name: string
  readonly versions: Versions
  readonly flexible: Versions | undefined
  readonly newest: number
  readonly fields: readonly FieldDefinition[]
  readonly kind: string
  readonly apiKey: number | undefined
  readonly recordType: number | undefined
  readonly recordId: number | undefined
}

const known: ReadonlyMap<string, KnownMessage> = new Map(
  [
    ...apiDefinitions.flatMap((api) => [
      { ...api, name: `${api.name}Request`, fields: api.request, kind: 'request', apiKey: api.key },
      { ...api, name: `${api.name}Response`, fields: api.response, kind: 'response', apiKey: api.key },
    ]),
    ...messageDefinitions.map((message) => ({ ...message, apiKey: undefined })),
  ].map((message) => [
    message.name,
    {
      name: message.name,
      versions: message.versions,
      flexible: message.flexible,
      newest: rangeOf(message.versions, 0).to,
      fields: message.fields,
      kind: message.kind,
      apiKey: message.apiKey,
      recordType: 'recordType' in message ? message.recordType : undefined,
      recordId: 'recordId' in message ? message.recordId : undefined,
    },
  ]),
)

/** Every message, by name. */
export const knownMessages: readonly KnownMessage[] = [...known.values()]

export function knownMessage(name: string): KnownMessage | undefined {
  return known.get(name)
}

/** The codec of any message, imported by its name. */
export async function codecOf(message: KnownMessage): Promise<MessageCodec<unknown>> {
  const suffix = message.kind === 'request' ? 'Request' : message.kind === 'response' ? 'Response' : ''
  const base = suffix === '' ? message.name : message.name.slice(0, -suffix.length)
  const file = base.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
  const exported = base.slice(0, 1).toLowerCase() + base.slice(1)
  const module = (await import(`@streamwright/protocol/messages/${file}`)) as Record<string, unknown>
  if (suffix === '') return module[exported] as MessageCodec<unknown>
  const api = module[exported] as Api<unknown, unknown>
  return suffix === 'Request' ? api.request : api.response
}

/** `'4-12'`, `'4'` or `'4+'` as a closed range. */
export function rangeOf(versions: Versions, newest: number): { readonly from: number; readonly to: number } {
  const [from, to] = versions.split('-')
  if (versions.endsWith('+')) return { from: Number.parseInt(versions, 10), to: newest }
  return { from: Number(from), to: Number(to ?? from) }
}

export function contains(versions: Versions, newest: number, version: number): boolean {
  const { from, to } = rangeOf(versions, newest)
  return version >= from && version <= to
}

/** Whether null is allowed for the field in a version that has it. */
export function nullableIn(field: FieldDefinition, newest: number, version: number): boolean {
  if (field.nullable === undefined) return false
  return field.nullable === true || contains(field.nullable, newest, version)
}
