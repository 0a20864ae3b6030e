import { randomBytes } from 'node:crypto'
import type { ScramCredential } from '@streamwright/broker'
import { saltedPassword, scramDigest, scramKeys } from '@streamwright/protocol/sasl'
import { ArgumentError } from '../command-line/usage-error.ts'

const iterationsDefault = 4096
const saltBytes = 24

/** What the broker keeps of a user of `--add-scram SCRAM-SHA-256=[name=alice,password=secret]`. Throws in Kafka's words. */
export async function scramCredential(argument: string): Promise<ScramCredential> {
  const text = argument.trim()
  const equals = text.indexOf('=')
  if (equals < 0) throw new ArgumentError(`Failed to find equals sign in SCRAM argument '${text}'`)
  const mechanism = text.slice(0, equals)
  const digest = scramDigest(mechanism)
  if (digest === undefined) throw new ArgumentError(`The add-scram mechanism ${mechanism} is not supported.`)
  const user = scramUser(text.slice(equals + 1))
  const { iterations } = user
  const javaName = mechanism.replaceAll('-', '_')
  if (iterations < digest.iterationsMin)
    throw new ArgumentError(`The 'iterations' value must be >= ${digest.iterationsMin} for add-scram using ${javaName}`)
  if (iterations > digest.iterationsMax)
    throw new ArgumentError(`The 'iterations' value must be <= ${digest.iterationsMax} for add-scram using ${javaName}`)
  const salt = user.salt ?? randomBytes(saltBytes)
  const salted = user.saltedPassword ?? (await saltedPassword(digest, user.password ?? '', salt, iterations))
  const { storedKey, serverKey } = scramKeys(digest, salted)
  return {
    user: user.name,
    mechanism: digest.code,
    iterations,
    salt: salt.toString('base64'),
    storedKey: storedKey.toString('base64'),
    serverKey: serverKey.toString('base64'),
  }
}

interface ScramUser {
  readonly name: string
  readonly iterations: number
  readonly salt: Buffer | undefined
  readonly password: string | undefined
  readonly saltedPassword: Buffer | undefined
}

/** `[name=alice,password="secret",iterations=8192]`. */
function scramUser(text: string): ScramUser {
  if (!text.startsWith('[')) throw new ArgumentError('Expected configuration string to start with [')
  if (!text.endsWith(']')) throw new ArgumentError('Expected configuration string to end with ]')
  const values = new Map(text.slice(1, -1).split(',').map(component))
  const take = (key: string): string | undefined => {
    const value = values.get(key)
    values.delete(key)
    return value
  }
  const name = take('name')
  if (name === undefined) throw new ArgumentError("You must supply 'name' to add-scram")
  const salt = decoded(take('salt'), 'salt')
  const iterations = iterationsOf(take('iterations'))
  const [password, salted] = [take('password'), take('saltedpassword')]
  if (password === undefined && salted === undefined)
    throw new ArgumentError("You must supply one of 'password' or 'saltedpassword' to add-scram")
  if (password === undefined && salt === undefined)
    throw new ArgumentError("You must supply 'salt' with 'saltedpassword' to add-scram")
  // A password goes before a salted one.
  const saltedOne = password === undefined ? decoded(salted, 'saltedPassword') : undefined
  if (values.size > 0)
    throw new ArgumentError(`Unknown SCRAM configurations: ${[...values.keys()].toSorted().join(', ')}`)
  return { name, salt, iterations, password, saltedPassword: saltedOne }
}

function component(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  if (equals < 0) throw new ArgumentError(`No equals sign found in SCRAM component: ${text}`)
  return [text.slice(0, equals), unquoted(text.slice(equals + 1))]
}

function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function decoded(text: string | undefined, what: string): Buffer | undefined {
  if (text === undefined) return undefined
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text)) {
    return Buffer.from(text, 'base64')
  }
  throw new ArgumentError(`Failed to decode given ${what}: ${text}`)
}

function iterationsOf(text: string | undefined): number {
  if (text === undefined) return iterationsDefault
  if (/^[+-]?\d{1,10}$/.test(text)) return Number(text)
  throw new ArgumentError(`Failed to parse iterations count: ${text}`)
}
