import { ArgumentError } from '../command-line/usage-error.ts'

const mechanisms: readonly string[] = ['SCRAM-SHA-256', 'SCRAM-SHA-512']
const iterationsMin = 4096
const iterationsMax = 16_384

/** A user of `--add-scram`. */
export interface ScramUser {
  readonly mechanism: string
  readonly name: string
  readonly password: string | undefined
  readonly iterations: number
}

/** `SCRAM-SHA-256=[name=alice,password=secret]`. Throws in Kafka's words. */
export function scramUser(text: string): ScramUser {
  const equals = text.indexOf('=')
  if (equals < 0) throw new ArgumentError(`Failed to find equals sign in SCRAM argument '${text}'`)
  const mechanism = text.slice(0, equals)
  if (!mechanisms.includes(mechanism)) throw new ArgumentError(`The add-scram mechanism ${mechanism} is not supported.`)
  const inner = /^\[(.*)\]$/s.exec(text.slice(equals + 1).trim())
  if (inner === null) throw new ArgumentError(`Expected configuration string to start with [ and end with ]`)
  const values = new Map(
    (inner[1] ?? '').split(',').map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), unquoted(pair.slice(at + 1).trim())]
    }),
  )
  const name = values.get('name')
  if (name === undefined) throw new ArgumentError("You must supply 'name' to add-scram")
  const [password, salted] = [values.get('password'), values.get('saltedpassword')]
  if (password === undefined && salted === undefined)
    throw new ArgumentError("You must supply one of 'password' or 'saltedpassword' to add-scram")
  if (password !== undefined && salted !== undefined)
    throw new ArgumentError("You must supply only one of 'password' or 'saltedpassword' to add-scram")
  const iterations = Number(values.get('iterations') ?? iterationsMin)
  const javaName = mechanism.replaceAll('-', '_')
  if (iterations < iterationsMin)
    throw new ArgumentError(`The 'iterations' value must be >= ${iterationsMin} for add-scram using ${javaName}`)
  if (iterations > iterationsMax)
    throw new ArgumentError(`The 'iterations' value must be <= ${iterationsMax} for add-scram using ${javaName}`)
  return { mechanism, name, password, iterations }
}

function unquoted(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}
