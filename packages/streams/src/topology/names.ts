import { TopologyError } from '../errors.ts'
import { nameCharactersMax } from './limits.ts'

/** Refuses what cannot be part of a topic name, since nodes and stores become topics. */
export function validateName(name: string): void {
  if (name === '') throw new TopologyError("Invalid topology: Name is illegal, it can't be empty")
  if (name === '.' || name === '..') throw new TopologyError('Invalid topology: Name cannot be "." or ".."')
  if (name.length > nameCharactersMax) {
    throw new TopologyError(
      `Invalid topology: Name is illegal, it can't be longer than ${nameCharactersMax} characters, name: ${name}`,
    )
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw new TopologyError(
      `Invalid topology: Name "${name}" is illegal, it contains a character other than ASCII alphanumerics, '.', '_' and '-'`,
    )
  }
}
