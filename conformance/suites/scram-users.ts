import { runStep } from './program.ts'
import { join } from 'node:path'
import { root } from '../../tools/source-files.ts'

/** Adds users who log in by SCRAM, as administrators do: with `kafka-configs.sh`. */
export async function addScramUsers(bootstrapServers: string, users: Readonly<Record<string, string>>): Promise<void> {
  for (const [user, password] of Object.entries(users)) {
    const credentials = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].map((mechanism) => `${mechanism}=[password=${password}]`)
    await runStep(`Adding the user ${user}`, join(root, 'bin/kafka-configs.sh'), [
      ...['--bootstrap-server', bootstrapServers, '--alter', '--entity-type', 'users', '--entity-name', user],
      ...['--add-config', credentials.join(',')],
    ])
  }
}
