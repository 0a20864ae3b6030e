import type { ProducerRecord } from '@streamwright/client'
import { Admin, Producer } from '@streamwright/client'
import type { Environment } from '@streamwright/std'
import type { JsonObject } from '../json.ts'
import { isRecord, listAt, numberAt, objectAt, textAt } from '../json.ts'

/** What a case does between its tools, by whatever client. */
export const neutralActions: Readonly<
  Record<string, (action: JsonObject, bootstrapServers: string, environment: Environment) => Promise<void>>
> = {
  createTopic: (action, bootstrapServers, environment) =>
    withAdmin(bootstrapServers, environment, async (admin) => {
      const { partitions, replicas, config, assignment } = action
      await admin.createTopics([
        {
          name: textAt(action, 'name'),
          ...(typeof partitions === 'number' && !Array.isArray(assignment) ? { partitions } : {}),
          ...(typeof replicas === 'number' ? { replicationFactor: replicas } : {}),
          ...(isRecord(config) ? { config: config as Record<string, string> } : {}),
          ...(Array.isArray(assignment) ? { assignments: assignment as number[][] } : {}),
        },
      ])
    }),
  deleteTopic: (action, bootstrapServers, environment) =>
    withAdmin(bootstrapServers, environment, (admin) => admin.deleteTopics([textAt(action, 'name')])),
  async produce(action, bootstrapServers, environment) {
    const config = isRecord(action['config']) ? action['config'] : {}
    const producer = new Producer({ ...config, bootstrapServers }, environment)
    const topic = textAt(action, 'topic')
    await producer.send(listAt(action, 'records').map((record) => recordOf(topic, record)))
    await producer.close()
  },
  deleteRecords: (action, bootstrapServers, environment) =>
    withAdmin(bootstrapServers, environment, async (admin) => {
      await admin.deleteRecords(placesOf(action['before']))
    }),
  /** The first question for a coordinator creates the topic of the offsets. */
  findCoordinator: (_action, bootstrapServers, environment) =>
    withAdmin(bootstrapServers, environment, async (admin) => {
      await admin.listGroupOffsets('nobody')
    }),
  commitOffsets: (action, bootstrapServers, environment) =>
    withAdmin(bootstrapServers, environment, (admin) =>
      admin.alterGroupOffsets(textAt(action, 'group'), placesOf(action['offsets'])),
    ),
}

/** Fills in `{topicId:NAME}`. */
export async function withTopicId(word: string, bootstrapServers: string, environment: Environment): Promise<string> {
  const name = /\{topicId:([^}]+)\}/.exec(word)?.[1]
  if (name === undefined) return word
  let topicId = ''
  await withAdmin(bootstrapServers, environment, async (admin) => {
    topicId = (await admin.describeTopics([name])).get(name)?.topicId ?? ''
  })
  return word.replace(`{topicId:${name}}`, topicId)
}

async function withAdmin(
  bootstrapServers: string,
  environment: Environment,
  use: (admin: Admin) => Promise<void>,
): Promise<void> {
  const admin = new Admin({ bootstrapServers }, environment)
  try {
    await use(admin)
  } finally {
    await admin.close()
  }
}

function placesOf(value: unknown): { topic: string; partition: number; offset: number }[] {
  return Object.entries(objectAt(value, 'offsets')).map(([place, offset]) => {
    const dash = place.lastIndexOf('-')
    return { topic: place.slice(0, dash), partition: Number(place.slice(dash + 1)), offset: Number(offset) }
  })
}

/** A record as a case writes it. */
export function recordOf(topic: string, record: JsonObject): ProducerRecord {
  const headers = Array.isArray(record['h']) ? (record['h'] as readonly (readonly [string, unknown])[]) : []
  return {
    topic,
    key: bytesOf(record['k']),
    value: bytesOf(record['v']),
    ...(record['p'] === undefined ? {} : { partition: numberAt(record, 'p') }),
    ...(record['ts'] === undefined ? {} : { timestamp: numberAt(record, 'ts') }),
    headers: headers.map(([key, value]) => ({ key, value: bytesOf(value) })),
  }
}

/** Null, a string, or a number of a named width, big endian. */
function bytesOf(value: unknown): Buffer | null {
  if (typeof value === 'string') return Buffer.from(value)
  if (!isRecord(value)) return null
  const bytes = Buffer.alloc(8)
  const [[form, content] = ['none', undefined]] = Object.entries(value)
  switch (form) {
    case 'hex':
      return Buffer.from(String(content), 'hex')
    case 'long':
      return bytes.subarray(0, bytes.writeBigInt64BE(BigInt(String(content))))
    case 'int':
      return bytes.subarray(0, bytes.writeInt32BE(Number(content)))
    case 'short':
      return bytes.subarray(0, bytes.writeInt16BE(Number(content)))
    case 'double':
      return bytes.subarray(0, bytes.writeDoubleBE(Number(content)))
    case 'float':
      return bytes.subarray(0, bytes.writeFloatBE(Number(content)))
    default:
      throw new TypeError(`A value of the form ${form} is not known`)
  }
}
