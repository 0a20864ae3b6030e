import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { dedicateProcess, startBroker } from '@streamwright/broker'
import { keyValuePairs, propertiesFile } from '../command-line/client-properties.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'

/** `kafka-server-start`: the broker alone, with a `server.properties`. */
export const brokerTool: Tool = {
  name: 'kafka-server-start',
  about: 'Starts the broker. USAGE: kafka-server-start.sh [-daemon] server.properties [--override property=value]*',
  options: {
    daemon: { about: 'Run in the background; output goes to logs/server.out.', argument: 'none' },
    override: { about: 'A setting instead of the one in the file.', argumentName: 'property=value', repeatable: true },
    name: { about: 'Accepted; names the daemon in older scripts.', argumentName: 'name' },
    loggc: { about: 'Accepted; there is no JVM to log.', argument: 'none' },
  },
  async run(options, terminal) {
    const file = options.words[0]
    if (file === undefined)
      throw new UsageError('USAGE: kafka-server-start.sh [-daemon] server.properties [--override property=value]*')
    if (options.has('daemon'))
      return startDaemon([file, ...options.values('override').flatMap((pair) => ['--override', pair])], terminal)
    dedicateProcess()
    const settings = { ...propertiesFile(file), ...keyValuePairs(options.values('override')) }
    const broker = await startBroker({ settings, environment: terminal.environment })
    terminal.out(`Kafka broker of Streamwright started on ${broker.bootstrapServers}\n`)
    if (broker.metricsPort !== undefined) terminal.out(`Metrics and health on port ${broker.metricsPort}\n`)
    await interruption(terminal.interrupted)
    await broker.close()
    terminal.out('Broker stopped.\n')
    return 0
  },
}

export function interruption(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function startDaemon(argv: readonly string[], terminal: Terminal): number {
  mkdirSync('logs', { recursive: true })
  const path = join('logs', 'server.out')
  const log = openSync(path, 'a')
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'broker', ...argv], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  terminal.out(`The broker starts in the background as process ${child.pid ?? '?'}; it writes to ${path}\n`)
  return 0
}
