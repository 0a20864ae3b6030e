import { createLog, environmentWith } from '@streamwright/std'
import { KafkaStreams } from '@streamwright/streams'
import { applicationId, countingTopology } from './counting-topology.ts'

/** The counting application as a process of its own, to be killed: `node counting-application.ts <bootstrap> <state>`. */
const [bootstrapServers, stateDir] = process.argv.slice(2)
if (bootstrapServers === undefined || stateDir === undefined) throw new Error('Give bootstrap servers and a folder')
const streams = new KafkaStreams(
  countingTopology(),
  {
    applicationId,
    bootstrapServers,
    stateDir,
    commitIntervalMs: 50,
    // A member that was killed is missed soon.
    consumer: { sessionTimeoutMs: 1000, heartbeatIntervalMs: 200 },
  },
  environmentWith({ log: createLog({ level: 'error' }) }),
)
await streams.start()
process.stdout.write('running\n')
