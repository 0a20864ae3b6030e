import type { ApiDefinition, MessageDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import { decodeLines } from './decode.ts'
import { defaultLines } from './defaults.ts'
import { encodeLines } from './encode.ts'
import { interfaceLines } from './interfaces.ts'
import type { Message } from './model.ts'
import { camelCase, neverFlexible, requestOf, responseOf, standaloneOf } from './model.ts'

/** The first line of every generated file. */
export const generatedNotice: string =
  '// Generated from the definitions by tools/codegen. Change those, then run `npm run generate`.'

/** The text of `messages/<api>.ts`. */
export function apiFile(api: ApiDefinition): string {
  const request = requestOf(api)
  const response = responseOf(api)
  const name = camelCase(api.name)
  return messageFile(
    [request, response],
    [
      `/** ${api.name}, key ${api.key}. */`,
      `export const ${name}: Api<${request.name}, ${response.name}> = {`,
      `  key: ${api.key},`,
      `  name: '${api.name}',`,
      ...codecLines('  request: ', request, ','),
      ...codecLines('  response: ', response, ','),
      '}',
    ],
  )
}

/** The text of `messages/<message>.ts`. */
export function standaloneFile(definition: MessageDefinition): string {
  const message = standaloneOf(definition)
  const lines = codecLines(`export const ${camelCase(message.name)}: MessageCodec<${message.name}> = `, message, '')
  return messageFile([message], [...framingRemark(definition), ...lines])
}

function framingRemark(definition: MessageDefinition): string[] {
  if (definition.recordType !== undefined) {
    const half = definition.kind === 'coordinator-key' ? 'key' : 'value'
    return [`/** Record type ${definition.recordType} of a coordinator's topic: the ${half}. */`]
  }
  if (definition.recordId !== undefined) return [`/** Record id ${definition.recordId} of a metadata log. */`]
  return []
}

function codecLines(head: string, message: Message, tail: string): string[] {
  const { from, to } = message.range
  const flexibleFrom = message.flexibleFrom === neverFlexible ? 'neverFlexible' : String(message.flexibleFrom)
  const indent = head.startsWith(' ') ? '  ' : ''
  return [
    `${head}messageCodec(`,
    `${indent}  '${message.name}',`,
    `${indent}  { minVersion: ${from}, maxVersion: ${to}, flexibleFrom: ${flexibleFrom} },`,
    `${indent}  decode${message.name},`,
    `${indent}  encode${message.name},`,
    `${indent})${tail}`,
  ]
}

function messageFile(messages: readonly Message[], exported: readonly string[]): string {
  const body = [
    ...messages.flatMap((message) => interfaceLines(message)),
    ...messages.flatMap((message) => [...defaultLines(message), ...decodeLines(message), ...encodeLines(message)]),
    ...exported,
  ]
  return `${[generatedNotice, ...importLines(body.join('\n')), '', ...body].join('\n')}\n`
}

/** What a generated file may need, by module. */
const importable = [
  { from: '../api.ts', types: true, names: ['Api', 'Init', 'MessageCodec', 'UnknownTag'] },
  {
    from: '../message-codec.ts',
    types: false,
    names: ['fieldUnsupported', 'messageCodec', 'neverFlexible', 'noBytes', 'nullNotAllowed', 'withUnknownTags'],
  },
  { from: '../primitives/reader.ts', types: true, names: ['Reader'] },
  { from: '../primitives/tags.ts', types: false, names: ['inTagOrder'] },
  { from: '../primitives/writer.ts', types: true, names: ['Writer'] },
  { from: '../uuid.ts', types: false, names: ['zeroUuid'] },
]

function importLines(body: string): string[] {
  return importable.flatMap(({ from, types, names }) => {
    const used = names.filter((name) => new RegExp(String.raw`(?<![.'\w])${name}\b(?!')`).test(body))
    return used.length === 0 ? [] : [`import ${types ? 'type ' : ''}{ ${used.join(', ')} } from '${from}'`]
  })
}
