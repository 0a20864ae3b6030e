/**
 * What kafka-python's tests start in place of `kafka.Kafka server.properties`, where they want to log in: our broker
 * with the user that they know, who would otherwise come with `kafka-storage format --add-scram`.
 */
import { readFileSync } from 'node:fs'
import { startBroker } from '@streamwright/broker'
import { parseProperties } from '@streamwright/std'

const [path = '', name = '', password = ''] = process.argv.slice(2)
const given = Object.entries(parseProperties(readFileSync(path, 'utf8')))
// Whom to trust stands in a file of Java's own, which ours does not read; no test of the suite shows a certificate.
const settings = Object.fromEntries(given.filter(([setting]) => !setting.startsWith('ssl.truststore.')))
const scram = (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => ({ name, password, mechanism }))
const broker = await startBroker({ settings, authentication: { scram } })
process.stdout.write(`started on ${broker.bootstrapServers}\n`)
process.once('SIGTERM', () => void broker.close())
