import type { Admin, ClusterNode } from '@streamwright/client'
import type { Random } from '@streamwright/std'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { currentAssignment } from './current-assignment.ts'
import type { PlannedPartition } from './reassignment-file.ts'
import { ReassignmentError, reassignmentText, topicsFile } from './reassignment-file.ts'

/** `--generate`: the present assignment of topics, and one over the brokers that are named. */
export async function generateAssignment(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const topics = topicsFile(options.required('topics-to-move-json-file'))
  const ids = options
    .required('broker-list')
    .split(',')
    .map((id) => Number(id.trim()))
  if (ids.some((id) => !Number.isInteger(id))) throw new ReassignmentError('The broker list must be numbers, as 0,1,2')
  if (new Set(ids).size < ids.length) {
    const repeated = ids.filter((id, index) => ids.indexOf(id) !== index)
    throw new ReassignmentError(`Broker list contains duplicate entries: [${repeated.join(', ')}]`)
  }
  const current = await currentAssignment(admin, topics, true)
  const { brokers } = await admin.describeCluster()
  const wanted = ids.flatMap((id) => brokers.find((broker) => broker.id === id) ?? [])
  const unknown = ids.filter((id) => !brokers.some((broker) => broker.id === id))
  if (unknown.length > 0) throw new ReassignmentError(`Unknown broker id ${unknown[0] ?? ''}`)
  const proposed = topics.flatMap((topic) => {
    const own = current.filter((each) => each.topic === topic)
    return spread(own, wanted, options.has('disable-rack-aware'), terminal.environment.random)
  })
  terminal.out(`Current partition replica assignment\n${reassignmentText(current)}\n\n`)
  terminal.out(`Proposed partition reassignment configuration\n${reassignmentText(proposed)}\n`)
}

/**
 * First replicas go round the brokers from one at random; the others of a partition follow at a distance that grows
 * each time round. With racks the brokers take turns by rack, so that neighbours are in different ones.
 */
function spread(
  partitions: readonly PlannedPartition[],
  brokers: readonly ClusterNode[],
  ignoresRacks: boolean,
  random: Random,
): PlannedPartition[] {
  const ids = (ignoresRacks ? brokers : alternated(brokers)).map(({ id }) => id)
  const count = ids.length
  const start = random.below(count)
  let shift = random.below(count)
  return partitions.map(({ topic, partition, replicas }, index) => {
    if (replicas.length > count) {
      throw new ReassignmentError(
        `The target replication factor of ${replicas.length} cannot be reached because only ${count} broker(s) are registered.`,
      )
    }
    if (index > 0 && index % count === 0) shift++
    const first = (index + start) % count
    const others = Array.from({ length: replicas.length - 1 }, (_, place) => {
      const distance = 1 + ((shift + place) % Math.max(count - 1, 1))
      return (first + distance) % count
    })
    const chosen = [first, ...others].map((place) => ids[place] ?? 0)
    return { topic, partition, replicas: chosen, logDirs: chosen.map(() => 'any') }
  })
}

function alternated(brokers: readonly ClusterNode[]): ClusterNode[] {
  const racks = [...Map.groupBy(brokers, ({ rack }) => rack).values()]
  const longest = Math.max(...racks.map((rack) => rack.length))
  return Array.from({ length: longest }, (_, place) => racks.flatMap((rack) => rack[place] ?? [])).flat()
}
