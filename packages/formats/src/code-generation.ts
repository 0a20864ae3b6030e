/**
 * A function of generated code, with `names` bound to `values`; undefined where code generation is refused
 * (`--disallow-code-generation-from-strings`). `source` is the text of a function expression. It is made of what this
 * package writes and of names quoted by `JSON.stringify`, never of data.
 */
export function generate<F>(bound: Readonly<Record<string, unknown>>, source: string): F | undefined {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval
    return new Function(...Object.keys(bound), `'use strict'; return ${source}`)(...Object.values(bound))
  } catch (cause) {
    if (cause instanceof EvalError) return undefined
    throw cause
  }
}
