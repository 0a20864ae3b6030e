import { StreamsError, TopologyError } from '@streamwright/streams'
import { SerdeError } from '@streamwright/formats'
import type { JsonObject } from '../json.ts'
import { isRecord } from '../json.ts'
import { GeneratedFailure } from './functions.ts'

/** Java's class names without their packages, and how ours are recognised; whatever is missing is any error. */
const kinds: Readonly<Record<string, (error: unknown) => boolean>> = {
  TopologyException: (error) => error instanceof TopologyError,
  StreamsException: (error) => error instanceof StreamsError,
  IllegalArgumentException: (error) => error instanceof StreamsError || error instanceof SerdeError,
  ConfigException: (error) => error instanceof StreamsError,
  UnsupportedOperationException: (error) => error instanceof StreamsError && error.code === 'UNSUPPORTED_QUERY',
  SerializationException: (error) => error instanceof SerdeError,
  '<generator class>': (error) => error instanceof GeneratedFailure,
}

/** Says how an error differs from the expected one; undefined when it corresponds. */
export function errorDifference(expected: JsonObject, thrown: unknown): string | undefined {
  const outer = simpleName(expected['class'])
  if (!(kinds[outer] ?? any)(thrown)) return `expected ${outer}, got ${describe(thrown)}`
  const cause = innermostCause(expected)
  const isCause = kinds[simpleName(cause['class'])] ?? any
  if (cause !== expected && !causesOf(thrown).some(isCause)) {
    return `expected the cause ${simpleName(cause['class'])}, got ${describe(causesOf(thrown).at(-1))}`
  }
  if (outer !== 'TopologyException' || !(thrown instanceof Error)) return undefined
  const message = String(expected['message'])
  return thrown.message === message ? undefined : `expected the message\n${message}\nbut got\n${thrown.message}`
}

function any(): boolean {
  return true
}

function simpleName(name: unknown): string {
  const text = String(name)
  return text.startsWith('<') ? text : (text.split(/[.$]/).at(-1) ?? text)
}

function innermostCause(expected: JsonObject): JsonObject {
  const { cause } = expected
  return isRecord(cause) ? innermostCause(cause) : expected
}

/** What an error was caused by, the error itself first. */
function causesOf(thrown: unknown): readonly unknown[] {
  return thrown instanceof Error && thrown.cause !== undefined ? [thrown, ...causesOf(thrown.cause)] : [thrown]
}

export function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message).split('\n').slice(0, 6).join('\n') : String(thrown)
}
