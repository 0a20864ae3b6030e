import type { Admin } from '@streamwright/client'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { compare } from './current-assignment.ts'
import { clear } from './execute.ts'
import type { PlannedPartition } from './reassignment-file.ts'
import { reassignmentFile } from './reassignment-file.ts'

/** `--verify`: tells how far a reassignment is, and takes away throttles when it is done. */
export async function verifyReassignment(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const planned = reassignmentFile(options.required('reassignment-json-file')).toSorted(compare)
  const ongoing = await admin.listPartitionReassignments()
  const existing = new Set((await admin.listTopics({ includeInternal: true })).map(({ name }) => name))
  const topics = [...new Set(planned.map(({ topic }) => topic))].toSorted()
  const described = await admin.describeTopics(topics.filter((topic) => existing.has(topic)))
  terminal.out('Status of partition reassignment:\n')
  for (const { topic, partition, replicas } of planned) {
    const name = `${topic}-${partition}`
    const current = described.get(topic)?.partitions.find((each) => each.partition === partition)?.replicas
    terminal.out(`${statusText(name, replicas, current, ongoing.has(name))}\n`)
  }
  terminal.out('\n')
  const directoriesAreThere = await verifyDirectories(admin, planned, terminal)
  if (ongoing.size > 0 || !directoriesAreThere || options.has('preserve-throttles')) return
  await clear(admin, topics, terminal)
}

function statusText(
  name: string,
  wanted: readonly number[],
  current: readonly number[] | undefined,
  isOngoing: boolean,
): string {
  if (isOngoing) return `Reassignment of partition ${name} is still in progress.`
  if (current?.join(',') === wanted.join(',')) return `Reassignment of partition ${name} is completed.`
  const found = current === undefined ? '' : current.join(',')
  return `There is no active reassignment of partition ${name}, but replica set is ${found} rather than ${wanted.join(',')}.`
}

/** Whether no replica is still on its way to another directory. */
async function verifyDirectories(
  admin: Admin,
  planned: readonly PlannedPartition[],
  terminal: Terminal,
): Promise<boolean> {
  const wanted = planned.flatMap(({ topic, partition, replicas, logDirs }) =>
    replicas.flatMap((broker, index) => {
      const logDir = logDirs[index] ?? 'any'
      return logDir === 'any' ? [] : [{ topic, partition, broker, logDir }]
    }),
  )
  if (wanted.length === 0) return true
  const places = await admin.describeReplicaLogDirs(wanted)
  let areThere = true
  for (const { topic, partition, broker, logDir } of wanted) {
    const name = `${topic}-${partition}-${broker}`
    const { currentLogDir = null, futureLogDir = null } = places.get(name) ?? {}
    if (futureLogDir !== null) areThere = false
    terminal.out(`${directoryText(name, logDir, currentLogDir, futureLogDir)}\n`)
  }
  return areThere
}

function directoryText(name: string, wanted: string, current: string | null, future: string | null): string {
  if (future === wanted) return `Reassignment of replica ${name} is still in progress.`
  if (future !== null) return `Partition ${name} is being moved to log dir ${future} instead of ${wanted}.`
  if (current === null)
    return `Partition ${name} is not found in any live log dir on broker ${name.split('-').at(-1) ?? ''}.`
  if (current === wanted) return `Reassignment of replica ${name} completed successfully.`
  return `Partition ${name} is not being moved from log dir ${current} to ${wanted}.`
}

/** `--list`: what is under way. */
export async function listReassignments(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const ongoing = await admin.listPartitionReassignments()
  show(options, terminal, Object.fromEntries(ongoing), () => {
    if (ongoing.size === 0) {
      terminal.out('No partition reassignments found.\n')
      return
    }
    terminal.out('Current partition reassignments:\n')
    for (const [name, { replicas, addingReplicas, removingReplicas }] of [...ongoing].toSorted(([left], [right]) =>
      left < right ? -1 : 1,
    )) {
      const adding = addingReplicas.length === 0 ? '' : ` adding: ${addingReplicas.join(',')}.`
      const removing = removingReplicas.length === 0 ? '' : ` removing: ${removingReplicas.join(',')}.`
      terminal.out(`${name}: replicas: ${replicas.join(',')}.${adding}${removing}\n`)
    }
  })
}
