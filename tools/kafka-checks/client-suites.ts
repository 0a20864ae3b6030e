import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const suites = fileURLToPath(new URL('../../packages/client/test/integration/running-broker.ts', import.meta.url))
const reporter = new URL('../test-reporter.ts', import.meta.url).href

/** Settings of a broker on which groups of the consumer protocol do not let tests wait. */
export const quickGroups: Readonly<Record<string, string>> = {
  'group.consumer.min.heartbeat.interval.ms': '50',
  'group.consumer.heartbeat.interval.ms': '100',
  'group.consumer.min.session.timeout.ms': '500',
  'group.consumer.session.timeout.ms': '10000',
  'group.consumer.assignment.interval.ms': '0',
}

/** The same for another version: the last of them came with Apache Kafka 4.3. */
export function quickGroupsOf(version: string): Readonly<Record<string, string>> {
  const settings = Object.entries(quickGroups)
  const isOld = /^4\.[0-2]\./.test(version)
  return Object.fromEntries(isOld ? settings.filter(([name]) => !name.endsWith('assignment.interval.ms')) : settings)
}

/**
 * Runs the client's integration tests against a broker, in a process of their own; their failures are printed. `only`
 * names suites, separated by commas.
 */
export async function clientSuites(bootstrapServers: string, only?: string): Promise<void> {
  const argv = ['--test', '--test-isolation=none', `--test-reporter=${reporter}`, suites]
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      STREAMWRIGHT_BOOTSTRAP_SERVERS: bootstrapServers,
      ...(only !== undefined && { STREAMWRIGHT_SUITE: only }),
    },
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const [status] = await once(child, 'exit')
  process.stdout.write(text.replaceAll(/^(?=.)/gm, '        '))
  assert.equal(status, 0, 'the suites of the client pass')
}
