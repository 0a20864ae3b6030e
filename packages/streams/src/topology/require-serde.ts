import type { Serde } from '@streamwright/formats'
import { TopologyError } from '../errors.ts'

/** The serde, or the error that says who lacks which one. */
export function requireSerde<T>(serde: Serde<T> | undefined, owner: string, field: 'key' | 'value'): Serde<T> {
  if (serde !== undefined) return serde
  throw new MissingSerdeError(
    `${owner} has no ${field} serde. Give it one with the option \`${field}\` of the operator, or give the builder a default: \`new StreamsBuilder({ ${field}: … })\``,
  )
}

/** A serde was neither given nor inherited, and the builder has no default. Java finds out only when it starts. */
export class MissingSerdeError extends TopologyError {
  override readonly name: string = 'MissingSerdeError'
}
