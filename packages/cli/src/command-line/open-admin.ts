import { Admin } from '@streamwright/client'
import { asError } from '@streamwright/std'
import { clientProperties } from './client-properties.ts'
import type { ParsedOptions } from './parse-options.ts'
import type { Terminal } from './tool.ts'
import { ArgumentError } from './usage-error.ts'

/** The admin client of a tool: `--bootstrap-server`, or `--bootstrap-controller` where a tool has that, with the settings of `--command-config`. */
export function openAdmin(
  options: ParsedOptions,
  terminal: Terminal,
  settings: Readonly<Record<string, unknown>> = {},
): Admin {
  const given = clientProperties(options.values('command-config'), [])
  const bootstrapControllers = options.value('bootstrap-controller')
  const place =
    bootstrapControllers === undefined || options.has('bootstrap-server')
      ? { bootstrapServers: options.required('bootstrap-server') }
      : { bootstrapControllers }
  try {
    return new Admin({ ...given, ...settings, ...place }, terminal.environment)
  } catch (error) {
    throw new ArgumentError(`Failed to create new KafkaAdminClient\n${asError(error).message}`)
  }
}

/** Runs with an admin client, and closes it whatever happens. */
export async function withAdmin<T>(
  options: ParsedOptions,
  terminal: Terminal,
  use: (admin: Admin) => Promise<T>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const admin = openAdmin(options, terminal, settings)
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}
