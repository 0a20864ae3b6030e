import { dataDirectoryOwner } from '@streamwright/broker'
import { delay } from '@streamwright/std'
import { propertiesFile } from '../command-line/client-properties.ts'
import type { Tool } from '../command-line/tool.ts'

/** Where `npm start` and the quickstart keep their settings. */
const defaultFile = 'config/server.properties'
const pollMs = 50
/** Syncing what is in memory takes seconds at most; a broker that needs longer is looked at by a person. */
const stopTimeoutMs = 60_000

/**
 * `kafka-server-stop`: ends the broker in order. Kafka's script looks for a process by its command line and ends all
 * that it finds; this one ends the broker that has the data directory of a `server.properties`, and waits for it.
 */
export const serverStopTool: Tool = {
  name: 'kafka-server-stop',
  about: `Ends the broker. USAGE: kafka-server-stop.sh [server.properties], by default ${defaultFile}`,
  options: {
    'process-role': { about: 'Accepted: the process is broker and controller.', argumentName: 'role' },
    'node-id': { about: 'Only the broker with this id.', argumentName: 'id' },
  },
  async run(options, terminal) {
    const settings = propertiesFile(options.words[0] ?? defaultFile)
    const nodeId = options.value('node-id')
    const owner = nodeId === undefined || nodeId === nodeIdOf(settings) ? ownerOf(settings) : undefined
    if (owner === undefined) {
      terminal.error('No kafka server to stop\n')
      return 1
    }
    process.kill(owner, 'SIGTERM')
    const { clock, timers } = terminal.environment
    const endMs = clock.monotonicMs() + stopTimeoutMs
    while (ownerOf(settings) === owner) {
      if (clock.monotonicMs() > endMs) {
        terminal.error(`The broker, process ${owner}, has not ended in ${stopTimeoutMs / 1000} s. Look at its log\n`)
        return 1
      }
      await delay(timers, pollMs)
    }
    return 0
  },
}

function ownerOf(settings: Readonly<Record<string, string>>): number | undefined {
  const directory = settings['log.dirs'] ?? settings['log.dir']
  return directory === undefined ? undefined : dataDirectoryOwner(directory)
}

function nodeIdOf(settings: Readonly<Record<string, string>>): string {
  return settings['node.id'] ?? settings['broker.id'] ?? '1'
}
