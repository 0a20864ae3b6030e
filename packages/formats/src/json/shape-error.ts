import { shownLettersMax } from '../limits.ts'
import { SerdeError } from '../serde-error.ts'

/** A step from a value to one inside it: the name of a field, or an index. */
export type PathStep = string | number

/** A value is not what its shape or validator says. Tells where in the document, from `$`, and what was expected. */
export class ShapeError extends SerdeError {
  override readonly name: string = 'ShapeError'
  /** Such as `$.trades[3].price`. */
  readonly path: string
  /** Such as `number` or `"ASK" or "BID"`. */
  readonly expected: string

  constructor(path: readonly PathStep[], expected: string, got: string, cause?: unknown) {
    const place = pathText(path)
    super(`${place}: expected ${expected}, got ${got}`, cause)
    this.path = place
    this.expected = expected
  }
}

/** `$.trades[3]["unit price"]`. */
export function pathText(path: readonly PathStep[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
  })
  return `$${steps.join('')}`
}

/** What kind of thing a value is, in JSON's words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** A value for an error, cut to what can be read. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > shownLettersMax ? `${text.slice(0, shownLettersMax)}…` : text
}
