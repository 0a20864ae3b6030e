/**
 * Assertions state what this code itself must keep true. They stay on in production: a process that has broken its
 * own invariant stops instead of writing wrong data. What the world can do wrong is a {@link StreamwrightError}.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError'
  constructor(message: string) {
    super(`${message} (this is a bug in Streamwright, please report it)`)
  }
}

/** Throws {@link AssertionError} unless `condition` holds. `message` names the invariant, as a sentence. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

/** Returns `value`, which must be present: the invariant `message` says why. */
export function present<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new AssertionError(message)
  return value
}

/** Ends an exhaustive `switch`: does not compile while a case is missing. */
export function unreachable(value: never, message = 'A case was not handled'): never {
  throw new AssertionError(`${message}: ${String(value)}`)
}
