import { RE2JS, RE2JSSyntaxException } from 're2js'
import { ErrorCode } from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import { clientMetricsConfigs } from './client-metrics-configs.ts'
import { whyInvalid } from './config-definition.ts'

const intervalMsMin = 100
const intervalMsMax = 3_600_000

const matchNames: ReadonlySet<string> = new Set([
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
])

/** Why a subscription cannot have these configurations. */
export function clientMetricsRefusal(configs: ReadonlyMap<string, string>): Refusal | undefined {
  for (const [name, value] of configs) {
    const definition = clientMetricsConfigs.get(name)
    if (definition === undefined) {
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Unknown client metrics configuration: ${name}` }
    }
    const problem = whyInvalid(definition, value)
    if (problem !== undefined) return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage: problem }
    if (name === 'interval.ms' && (Number(value) < intervalMsMin || Number(value) > intervalMsMax)) {
      const errorMessage = `Invalid value ${value} for interval.ms, interval must be between ${intervalMsMin} and ${intervalMsMax} (1 hour)`
      return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage }
    }
    const wrong = name === 'match' ? value.split(',').find((pattern) => !isPattern(pattern.trim())) : undefined
    if (wrong !== undefined && wrong !== '') {
      return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage: `Illegal client matching pattern: ${wrong.trim()}` }
    }
  }
  return undefined
}

/** `client_id=orders-.*`. */
function isPattern(text: string): boolean {
  if (text === '') return true
  const [name, expression, ...more] = text.split('=')
  if (expression === undefined || more.length > 0 || !matchNames.has((name ?? '').trim())) return false
  try {
    // RE2, because it is the client's: V8's own could hold everybody up for as long as the client likes.
    RE2JS.compile(expression.trim())
    return true
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return false
    throw error
  }
}
