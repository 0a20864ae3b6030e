/** Kafka's types of configuration values. */
export type ConfigType = 'boolean' | 'string' | 'int' | 'short' | 'long' | 'double' | 'list' | 'class' | 'password'

/** The numbers of these types in DescribeConfigs. */
export const configTypeCodes: Readonly<Record<ConfigType, number>> = {
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
}

/** Another name under which a topic's setting is given for the whole broker, with the factor to this one's unit. */
export interface ConfigSynonym {
  readonly name: string
  readonly factor: number
}

/** One configuration of a topic or a broker, as Kafka defines it. Values are text, as on the wire. */
export interface ConfigDefinition {
  readonly name: string
  readonly type: ConfigType
  /** `null`: no value unless given. */
  readonly default: string | null
  /**
   * What a value may be: `1..9` (either end may be missing), `1..9|-1` (or −1), `=a,b` (one of; a list: each of),
   * `~a,b` (one of, in any case), `+` (not empty), `@name` (a check of its own, see below), or nothing.
   */
  readonly limits: string
  /** May be changed while the broker runs. */
  readonly isDynamic: boolean
  readonly isSensitive: boolean
  /** Accepted, but not shown by DescribeConfigs. */
  readonly isHidden: boolean
  readonly synonyms: readonly ConfigSynonym[]
}

const integerRanges: Readonly<Partial<Record<ConfigType, readonly [bigint, bigint]>>> = {
  short: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
}

/** Why `value` cannot be a value of `definition`, in Kafka's words; `undefined` when it can. */
export function whyInvalid(definition: ConfigDefinition, value: string): string | undefined {
  const problem = typeProblem(definition, value) ?? limitProblem(definition, value)
  return problem === undefined
    ? undefined
    : `Invalid value ${problem.value} for configuration ${definition.name}: ${problem.reason}`
}

interface Problem {
  readonly value: string
  readonly reason: string
}

function typeProblem(definition: ConfigDefinition, value: string): Problem | undefined {
  const text = value.trim()
  const type = definition.type
  if (type === 'boolean' && !/^(true|false)$/i.test(text)) {
    return { value, reason: 'Expected value to be either true or false' }
  }
  if (type === 'double' && (text === '' || Number.isNaN(Number(text)))) {
    return { value, reason: 'Not a number of type DOUBLE' }
  }
  if (type === 'class' && text !== definition.default) return { value, reason: `Class ${value} could not be found.` }
  const range = integerRanges[type]
  if (range !== undefined) {
    const inRange = /^[-+]?\d{1,19}$/.test(text) && BigInt(text) >= range[0] && BigInt(text) <= range[1]
    if (!inRange) return { value, reason: `Not a number of type ${type.toUpperCase()}` }
  }
  return undefined
}

function limitProblem(definition: ConfigDefinition, value: string): Problem | undefined {
  const limits = definition.limits
  if (limits === '') return undefined
  if (limits === '+') return value.trim() === '' ? { value, reason: 'must not be empty' } : undefined
  if (limits.startsWith('@')) return ownChecks[limits.slice(1)]?.(definition, value)
  if (limits.startsWith('=')) return choiceProblem(definition, value, limits.slice(1).split(','))
  if (limits.startsWith('~')) {
    const choices = limits.slice(1).split(',')
    return choices.includes(value.trim().toUpperCase())
      ? undefined
      : { value, reason: `String must be one of (case insensitive): ${choices.join(', ')}` }
  }
  return rangeProblem(definition, limits, value)
}

/** Checks that need more than a range or a choice, by the name that stands in the limits. */
const ownChecks: Readonly<Record<string, (definition: ConfigDefinition, value: string) => Problem | undefined>> = {
  'auto.offset.reset'({ name }, value) {
    if (
      /^(?:earliest|latest|by_duration:P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,9})?S)?)?)$/i.test(
        value,
      )
    )
      return undefined
    const reason = `Invalid value \`${value}\` for configuration ${name}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`
    return { value, reason }
  },
  'throttled.replicas'({ name }, value) {
    const items = listOf(value)
    if (value.trim() === '*' || items.every((item) => /^\d+:\d+$/.test(item))) return undefined
    const reason = `${name} must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...`
    return { value: `[${items.join(', ')}]`, reason }
  },
}

function choiceProblem(definition: ConfigDefinition, value: string, choices: readonly string[]): Problem | undefined {
  const given = definition.type === 'list' ? listOf(value) : [value.trim()]
  const wrong = given.find((item) => !choices.includes(item))
  return wrong === undefined ? undefined : { value: wrong, reason: `String must be one of: ${choices.join(', ')}` }
}

function rangeProblem(definition: ConfigDefinition, limits: string, value: string): Problem | undefined {
  const [range = '', exception] = limits.split('|')
  const [low = '', high = ''] = range.split('..')
  const number = Number(value)
  const shown = definition.type === 'double' ? javaDouble(number) : value
  if (exception !== undefined) {
    const isRight = number === Number(exception) || (number >= Number(low) && number <= Number(high))
    return isRight ? undefined : { value, reason: `Value must be between ${low} and ${high} or equal to ${exception}` }
  }
  if (low !== '' && number < Number(low)) return { value: shown, reason: `Value must be at least ${low}` }
  if (high !== '' && number > Number(high)) return { value: shown, reason: `Value must be no more than ${high}` }
  return undefined
}

const javaDecimalMax = 1e7

/** As Java writes it: `-5.0`, `1.0E9`. */
function javaDouble(value: number): string {
  if (!Number.isInteger(value)) return String(value)
  if (Math.abs(value) < javaDecimalMax) return value.toFixed(1)
  const [mantissa = '', exponent = ''] = value.toExponential().split('e+')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`
}

/** The items of a list value: separated by commas, blanks around them dropped. */
export function listOf(value: string): readonly string[] {
  return value.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]))
}
