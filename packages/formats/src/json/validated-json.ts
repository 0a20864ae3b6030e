import { asError, utf8Slice } from '@streamwright/std'
import { shownIssuesMax } from '../limits.ts'
import type { Serde } from '../serde.ts'
import { SerdeError } from '../serde-error.ts'
import { parseJson, stringifyJson } from './plain-json.ts'
import { pathText } from './shape-error.ts'
import type { StandardIssue, StandardSchema } from './standard-schema.ts'

/** One thing that a validator says against a value. */
export interface ValidationIssue {
  /** Where, such as `$.trades[3].price`. */
  readonly path: string
  readonly message: string
}

/** A validator refuses a value. The message has the first issues, `issues` all. */
export class ValidationError extends SerdeError {
  override readonly name: string = 'ValidationError'
  readonly issues: readonly ValidationIssue[]

  constructor(issues: readonly ValidationIssue[]) {
    const shown = issues.slice(0, shownIssuesMax).map(({ path, message }) => `${path}: ${message}`)
    const more = issues.length > shown.length ? [`and ${issues.length - shown.length} more`] : []
    super([...shown, ...more].join('; '))
    this.issues = issues
  }
}

/**
 * JSON that a validator checks when it is read; what the validator makes of it is the value. What is written is written by
 * `JSON.stringify` and not checked: the types hold it, and a validator that transforms need not accept its own results.
 */
export function validatedJsonSerde<T>(schema: StandardSchema<T>): Serde<T> {
  const { vendor } = schema['~standard']
  const read = (text: string): T => validated(schema, parseJson(text), vendor)
  return {
    name: `json(${vendor})`,
    serialize: stringifyJson,
    deserialize: (bytes) => read(utf8Slice(bytes, 0, bytes.length)),
    deserializeSlice: (buffer, start, end) => read(utf8Slice(buffer, start, end)),
  }
}

function validated<T>(schema: StandardSchema<T>, value: unknown, vendor: string): T {
  const result = schema['~standard'].validate(value)
  if ('then' in result) {
    // Nobody waits for it, so nobody else would hear of its failure.
    result.catch((error: unknown) => asError(error))
    throw new SerdeError(
      `The ${vendor} validator answers later, and a serde cannot wait: leave out what is asynchronous, and check it with mapValuesAsync`,
    )
  }
  if (result.issues !== undefined) throw new ValidationError(result.issues.map(issueOf))
  return result.value
}

function issueOf({ message, path = [] }: StandardIssue): ValidationIssue {
  const steps = path.map((step) => {
    const key = typeof step === 'object' ? step.key : step
    return typeof key === 'number' ? key : String(key)
  })
  return { path: pathText(steps), message }
}
