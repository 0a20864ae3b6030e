/**
 * A validator of any library that follows Standard Schema (https://standardschema.dev), such as zod, valibot or arktype.
 * The interface is the whole agreement, so that none of them is a dependency.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly output: Output } | undefined
  }
}

/** What a validator makes of a value: another value, or issues. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** What a validator says against a value. */
export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** The type of the values that a validator gives. */
export type StandardOutput<S> = S extends StandardSchema<infer Output> ? Output : never

export function isStandardSchema(declared: unknown): declared is StandardSchema {
  // Those of arktype are functions.
  const isObject = (typeof declared === 'object' && declared !== null) || typeof declared === 'function'
  return isObject && '~standard' in declared
}
