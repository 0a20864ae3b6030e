import { createLog, environmentWith } from '@streamwright/std'
import { startBroker } from '../../src/index.ts'

/** A broker as a process of its own, to be killed: `node broker-process.ts <data directory> [<port>]`. Says its port. */
const [dataDirectory, port = '0'] = process.argv.slice(2)
if (dataDirectory === undefined) throw new Error('Give a data directory')
const environment = environmentWith({ log: createLog({ level: 'error' }) })
const broker = await startBroker({ port: Number(port), dataDirectory, environment })
process.stdout.write(`${broker.port}\n`)
