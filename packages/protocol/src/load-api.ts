import { apiLoaders } from './api-loaders.ts'
import type { Api } from './api.ts'
import { ProtocolError } from './errors/protocol-error.ts'

/**
 * The codecs of one API, imported when they are first needed. Code that knows its API imports
 * `@streamwright/protocol/messages/<name>` instead, which gives it the types. Rejects with `ProtocolError`
 * (`UNKNOWN_API`) for a key that Kafka 4.3 has not.
 */
export async function loadApi(key: number): Promise<Api<unknown, unknown>> {
  const load = apiLoaders[key]
  if (load === undefined) throw new ProtocolError(`There is no API with the key ${key}`, 'UNKNOWN_API')
  return load()
}
