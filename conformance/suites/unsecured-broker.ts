/** Our broker with the `server.properties` that it is given, which believes tokens that anybody can make. */
import { readFileSync } from 'node:fs'
import { startBroker } from '@streamwright/broker'
import { parseProperties } from '@streamwright/std'

const settings = parseProperties(readFileSync(process.argv[2] ?? '', 'utf8'))
const broker = await startBroker({ settings, authentication: { oauthbearer: 'unsecured' } })
process.stdout.write(`started on ${broker.bootstrapServers}\n`)
process.once('SIGTERM', () => void broker.close())
