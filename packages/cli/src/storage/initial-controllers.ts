import type { InitialController } from '@streamwright/broker'
import { randomUuid } from '@streamwright/protocol'
import type { Random } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { StorageProperties } from './properties.ts'

const nodeIdMax = 2 ** 31 - 1
const portMax = 65_535

/** Those of `--standalone` (this node alone) or `--initial-controllers`; undefined: neither is given. */
export function initialControllers(
  options: ParsedOptions,
  properties: StorageProperties,
  random: Random,
): readonly InitialController[] | undefined {
  const { nodeId, controllerListener: listener } = properties
  const listenerName = listener?.name ?? ''
  if (options.has('standalone')) {
    const { host = 'localhost', port = -1 } = listener ?? {}
    return [{ id: nodeId, directoryId: randomUuid(random), listenerName, host, port }]
  }
  const text = options.value('initial-controllers')
  return text === undefined ? undefined : parsed(text, listenerName)
}

function parsed(text: string, listenerName: string): readonly InitialController[] {
  const controllers = text
    .trim()
    .split(',')
    .filter((each) => each !== '')
    .map((each) => ({ ...controller(each.trim()), listenerName }))
  if (controllers.length === 0) throw refused('No voters given.')
  for (const [index, { id }] of controllers.entries()) {
    if (controllers.findIndex((each) => each.id === id) < index) {
      throw refused(`Node id ${id} was specified more than once.`)
    }
  }
  return controllers.toSorted((left, right) => left.id - right.id)
}

/** `0@host:9093:directory-id`, or what is wrong with it, in Kafka's words. */
function controller(text: string): Omit<InitialController, 'listenerName'> {
  const at = text.indexOf('@')
  if (at < 0) throw refused('No @ found in dynamic voter string.')
  if (at === 0) throw refused('Invalid @ at beginning of dynamic voter string.')
  const id = integer(text.slice(0, at), 'node id')
  if (id < 0) throw refused(`Invalid negative node id ${id} in dynamic voter string.`)
  const [host, rest] = hostOf(text.slice(at + 1))
  if (!rest.startsWith(':')) throw refused('Port section must start with a colon.')
  const colon = rest.indexOf(':', 1)
  if (colon < 0) throw refused('No colon following port could be found.')
  const port = integer(rest.slice(1, colon), 'port')
  if (port < 0 || port > portMax) throw refused(`Invalid port ${port} in dynamic voter string.`)
  const directoryId = rest.slice(colon + 1)
  if (!/^[\w-]{22}$/.test(directoryId)) throw refused('Failed to parse directory ID in dynamic voter string.')
  return { id, host, port, directoryId }
}

function hostOf(text: string): readonly [host: string, rest: string] {
  if (text === '') throw refused('No hostname found after node id.')
  if (!text.startsWith('[')) {
    const colon = text.indexOf(':')
    if (colon < 0) throw refused('No colon following hostname could be found.')
    return [text.slice(0, colon), text.slice(colon)]
  }
  const end = text.indexOf(']')
  if (end < 0) throw refused('Hostname began with left bracket, but no right bracket was found.')
  return [text.slice(1, end), text.slice(end + 1)]
}

function integer(text: string, what: string): number {
  const isInteger = /^[+-]?\d{1,10}$/.test(text) && Math.abs(Number(text)) <= nodeIdMax
  if (!isInteger) throw refused(`Failed to parse ${what} in dynamic voter string.`)
  return Number(text)
}

function refused(problem: string): ArgumentError {
  return new ArgumentError(`Exception in thread "main" java.lang.IllegalArgumentException: ${problem}`)
}
