import { ConfigurationError, camelCase } from '@streamwright/std'
import type { HandlerOptions } from '../handlers/handler-options.ts'
import type { TimestampExtractor } from '../topology/definition.ts'
import { TimestampExtractors } from '../topology/timestamp-extractors.ts'
import type { StreamsConfig, StreamsSettings } from './streams-settings.ts'

const clientPrefixes = [
  'main.consumer.',
  'restore.consumer.',
  'global.consumer.',
  'consumer.',
  'producer.',
  'admin.',
  'topic.',
  'client.',
] as const

/** Settings that Streams decides itself: a user's value is ignored with a warning. */
const decidedByStreams: readonly string[] = ['enableAutoCommit', 'groupProtocol', 'allowAutoCreateTopics', 'groupId']

/** Java's internal settings, which operators look up themselves, begin so. */
const internalPrefix = '__'

/** Handlers may be functions and objects, which no list of settings can describe. */
const handlerNames = [
  'deserialization.exception.handler',
  'processing.exception.handler',
  'production.exception.handler',
] as const

/** What the configuration says about errors, handlers under either form of their names. */
export function handlerOptions(config: StreamsConfig, settings: StreamsSettings): HandlerOptions {
  const { errorsDeadLetterQueueTopicName, processingExceptionHandlerGlobalEnabled } = settings
  const handlers = handlerNames.map((name) => [camelCase(name), config[camelCase(name)] ?? config[name]] as const)
  return {
    ...Object.fromEntries(handlers),
    errorsDeadLetterQueueTopicName,
    processingExceptionHandlerGlobalEnabled,
  }
}

function isHandler(name: string): boolean {
  return handlerNames.some((dotted) => name === dotted || name === camelCase(dotted))
}

const extractorName = 'default.timestamp.extractor'

/** The extractor for sources that name none, under either form of its name. Throws `ConfigurationError`. */
export function defaultTimestampExtractor(config: StreamsConfig): TimestampExtractor | undefined {
  const given: unknown = config.defaultTimestampExtractor ?? config[extractorName]
  if (given === undefined || given === null) return undefined
  if (typeof given === 'function') return given as TimestampExtractor
  const wanted = typeof given === 'string' ? extractorNamed(given) : undefined
  const named = Object.entries(TimestampExtractors).find(([name]) => name === wanted)
  if (named !== undefined) return named[1]
  const names = Object.keys(TimestampExtractors).join(', ')
  throw new ConfigurationError(
    `Invalid value ${JSON.stringify(given)} for setting ${extractorName}: it must be a function, or one of ${names}`,
  )
}

/** Java's class names, with their package or without, stand for the extractors that they are. */
function extractorNamed(name: string): string {
  const simple = name.replace(/.*\./, '').replace(/^WallclockTimestampExtractor$/, 'wallclock')
  return simple.charAt(0).toLowerCase() + simple.slice(1)
}

/** The application's settings without those of the clients, and without what may be a function. */
export function ownSettings(config: StreamsConfig): Record<string, unknown> {
  const nested = new Set(['consumer', 'producer', 'admin', 'topic'])
  return Object.fromEntries(
    Object.entries(config).filter(
      ([name]) =>
        !nested.has(name) &&
        !isHandler(name) &&
        name !== extractorName &&
        name !== camelCase(extractorName) &&
        !name.startsWith(internalPrefix) &&
        !clientPrefixes.some((prefix) => name.startsWith(prefix) && name !== 'client.id'),
    ),
  )
}

/** What the configuration says for one client: `{ consumer: { … } }` and `consumer.…` alike, later prefixes winning. */
export function clientSettings(
  config: StreamsConfig,
  kinds: readonly ('consumer' | 'producer' | 'admin' | 'main.consumer' | 'restore.consumer' | 'global.consumer')[],
): Record<string, unknown> {
  const settings: Record<string, unknown> = {}
  for (const kind of kinds) {
    const nested = config[kind]
    if (typeof nested === 'object' && nested !== null) Object.assign(settings, nested)
    for (const [name, value] of Object.entries(config)) {
      if (name.startsWith(`${kind}.`)) settings[camelCase(name.slice(kind.length + 1))] = value
    }
  }
  for (const name of decidedByStreams) delete settings[name]
  return settings
}

/** Settings of internal topics: `{ topic: { … } }` and `topic.…`. Names stay dotted. */
export function topicSettings(config: StreamsConfig): Record<string, string> {
  const settings: Record<string, string> = { ...config.topic }
  for (const [name, value] of Object.entries(config)) {
    if (name.startsWith('topic.')) settings[name.slice('topic.'.length)] = String(value)
  }
  return settings
}
