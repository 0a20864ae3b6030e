import { startBroker } from '@streamwright/broker'
import { createLog, environmentWith } from '@streamwright/std'

/** A broker as a process of its own, to be killed: `node killable-broker.ts <data directory> <port>`. Says its port. */
const [dataDirectory, port] = process.argv.slice(2)
if (dataDirectory === undefined || port === undefined) throw new Error('Give a data directory and a port')
const broker = await startBroker({
  port: Number(port),
  dataDirectory,
  environment: environmentWith({ log: createLog({ level: 'error' }) }),
  settings: { 'group.initial.rebalance.delay.ms': '0', 'group.min.session.timeout.ms': '100' },
})
process.stdout.write(`${broker.port}\n`)
