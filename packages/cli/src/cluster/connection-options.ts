import type { CommandOption, ExclusiveOptions } from '../command-line/command-line-parser.ts'

/** How a tool with commands reaches a cluster: by brokers or by controllers. */
export const connectionOptions: readonly CommandOption[] = [
  { flags: ['--bootstrap-server'], about: 'Brokers to connect to, as host:port, separated by commas.' },
  { flags: ['--bootstrap-controller'], about: 'Controllers to connect to, as host:port, separated by commas.' },
  { flags: ['--command-config'], about: 'A file of admin client settings.' },
]

/** One of the two, not both. */
export function eitherConnection(isRequired: boolean): readonly ExclusiveOptions[] {
  return [{ flags: ['--bootstrap-server', '--bootstrap-controller'], isRequired }]
}
