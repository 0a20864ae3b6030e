import type { MessageCodec } from '../src/api.ts'
import type { FieldDefinition, Versions } from '../src/definitions/definition.ts'
import { apiDefinitions, messageDefinitions } from '../src/definitions/index.ts'

/** A message of the protocol as tests need it: by name, with its definition, and with its codec on demand. */
export interface TestedMessage {
  readonly name: string
  readonly minVersion: number
  readonly maxVersion: number
  readonly fields: readonly FieldDefinition[]
  load(): Promise<MessageCodec<unknown>>
}

/** Every message there is. */
export const everyMessage: readonly TestedMessage[] = [
  ...apiDefinitions.flatMap(({ name, versions, request, response }) => [
    tested(`${name}Request`, versions, request, async () => (await importApi(name)).request),
    tested(`${name}Response`, versions, response, async () => (await importApi(name)).response),
  ]),
  ...messageDefinitions.map(({ name, versions, fields }) =>
    tested(name, versions, fields, async () => (await importFile(name)) as MessageCodec<unknown>),
  ),
]

interface LoadedApi {
  readonly request: MessageCodec<unknown>
  readonly response: MessageCodec<unknown>
}

async function importApi(name: string): Promise<LoadedApi> {
  return (await importFile(name)) as LoadedApi
}

async function importFile(name: string): Promise<unknown> {
  const file = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
  const module = (await import(`../src/messages/${file}.ts`)) as Record<string, unknown>
  return module[name.slice(0, 1).toLowerCase() + name.slice(1)]
}

function tested(
  name: string,
  versions: Versions,
  fields: readonly FieldDefinition[],
  load: () => Promise<MessageCodec<unknown>>,
): TestedMessage {
  const [from = '0', to = from] = versions.split('-')
  return { name, minVersion: Number(from), maxVersion: Number(to), fields, load }
}

/** Whether a version of a message whose newest version is `newest` is among `versions`. */
export function includesVersion(versions: Versions, newest: number, version: number): boolean {
  const [from = '0', to = from] = versions.split('-')
  if (versions.endsWith('+')) return version >= Number.parseInt(versions, 10) && version <= newest
  return version >= Number(from) && version <= Number(to)
}
