import { apiDefinitions, messageDefinitions } from '../../packages/protocol/src/definitions/index.ts'
import { apiFile, standaloneFile } from './message-file.ts'
import { kebabCase } from './model.ts'
import { apiLoadersFile, apiTableFile } from './tables.ts'

/** Every generated file: its path under `packages/protocol/src`, and its text. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const api of apiDefinitions) files.set(`messages/${kebabCase(api.name)}.ts`, apiFile(api))
  for (const message of messageDefinitions) files.set(`messages/${kebabCase(message.name)}.ts`, standaloneFile(message))
  files.set('api-table.ts', apiTableFile(apiDefinitions))
  files.set('api-loaders.ts', apiLoadersFile(apiDefinitions))
  return files
}
