import { SerdeError } from './serde-error.ts'

/** The error of a serde that was given what it cannot write. */
export function wrongType(name: string, value: unknown): SerdeError {
  const shown = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value))
  return new SerdeError(
    `The ${name} serde cannot write ${shown.slice(0, 80)} (${typeof value}); give it a matching value or choose another serde`,
  )
}
