import type { Admin } from '@streamwright/client'
import { AdminError } from '@streamwright/client'
import { delay } from '@streamwright/std'
import { javaError } from '../command-line/java-error.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { brokerIds, currentAssignment, namesOf } from './current-assignment.ts'
import type { PlannedPartition } from './reassignment-file.ts'
import { reassignmentFile, ReassignmentError, reassignmentText } from './reassignment-file.ts'
import { clearThrottles, setDirectoryThrottle, setThrottle } from './throttles.ts'

const directoryPatienceMs = 10_000
const directoryRetryMs = 100

/** `--execute`: begins a reassignment, and shows how to take it back. */
export async function executeReassignment(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const planned = reassignmentFile(options.required('reassignment-json-file'))
  const brokers = await brokerIds(admin)
  const ongoing = await admin.listPartitionReassignments()
  if (ongoing.size > 0 && !options.has('additional')) {
    throw new ReassignmentError(
      'Cannot execute because there is an existing partition assignment.  Use --additional to override this and create a new partition assignment in addition to the existing one. The --additional flag can also be used to change the throttle by resubmitting the current reassignment.',
    )
  }
  const strange = [...new Set(planned.flatMap(({ replicas }) => replicas))].filter((id) => !brokers.includes(id))
  if (strange.length > 0) throw new ReassignmentError(`Unknown broker id ${strange[0] ?? ''}`)
  const topics = [...new Set(planned.map(({ topic }) => topic))].toSorted()
  const names = new Set(planned.map(({ topic, partition }) => `${topic}-${partition}`))
  const current = (await currentAssignment(admin, topics, true)).filter(({ topic, partition }) =>
    names.has(`${topic}-${partition}`),
  )
  terminal.out(
    `Current partition replica assignment\n\n${reassignmentText(current)}\n\nSave this to use as the --reassignment-json-file option during rollback\n`,
  )
  await throttle(admin, planned, current, options, terminal)
  await begin(admin, planned, options)
  const what = planned.length === 1 ? 'reassignment' : 'reassignments'
  terminal.out(`Successfully started partition ${what} for ${namesOf(planned)}\n`)
  const moves = planned.filter(({ logDirs }) => logDirs.some((logDir) => logDir !== 'any'))
  if (moves.length > 0) await moveDirectories(admin, moves, options, terminal)
}

async function throttle(
  admin: Admin,
  planned: readonly PlannedPartition[],
  current: readonly PlannedPartition[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const [between, within] = [
    options.integer('throttle') ?? -1,
    options.integer('replica-alter-log-dirs-throttle') ?? -1,
  ]
  if (between < 0 && within < 0) return
  terminal.out(
    'Warning: You must run --verify periodically, until the reassignment completes, to ensure the throttle is removed.\n',
  )
  const involved = [...new Set([...planned, ...current].flatMap(({ replicas }) => replicas))]
  if (between >= 0) {
    await setThrottle(admin, involved, planned, String(between))
    terminal.out(`The inter-broker throttle limit was set to ${between} B/s\n`)
  }
  if (within >= 0) {
    await setDirectoryThrottle(admin, involved, String(within))
    terminal.out(`The replica-alter-dir throttle limit was set to ${within} B/s\n`)
  }
}

async function begin(admin: Admin, planned: readonly PlannedPartition[], options: ParsedOptions): Promise<void> {
  try {
    await admin.alterPartitionReassignments(planned, {
      allowReplicationFactorChange: !options.has('disallow-replication-factor-change'),
    })
  } catch (error) {
    if (!(error instanceof AdminError)) throw error
    const lines = [...error.errors].map(([key, each]) => `${key}: ${javaError(each).message}`)
    throw new ReassignmentError(`Error reassigning partition(s):\n${lines.join('\n')}`)
  }
}

/** A replica that moves to another broker is there after a while; then it can move to its directory. */
async function moveDirectories(
  admin: Admin,
  moves: readonly PlannedPartition[],
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const { clock, timers } = terminal.environment
  const endMs = clock.monotonicMs() + (options.integer('timeout') ?? directoryPatienceMs)
  const wanted = moves.flatMap(({ topic, partition, replicas, logDirs }) =>
    replicas.flatMap((broker, index) => {
      const logDir = logDirs[index] ?? 'any'
      return logDir === 'any' ? [] : [{ topic, partition, broker, logDir }]
    }),
  )
  for (;;) {
    try {
      await admin.alterReplicaLogDirs(wanted)
      const names = wanted.map(({ topic, partition, broker }) => `${topic}-${partition}-${broker}`).toSorted()
      terminal.out(`Successfully started moving log directories for replicas: ${names.join(',')}\n`)
      return
    } catch (error) {
      if (!(error instanceof AdminError)) throw error
      const [key, failure] = [...error.errors][0] ?? ['', undefined]
      if (failure?.code !== 'REPLICA_NOT_AVAILABLE' || clock.monotonicMs() > endMs)
        throw new ReassignmentError(`Failed to alter dir for ${key}`)
      await delay(timers, directoryRetryMs)
    }
  }
}

/** `--cancel`: takes back what is under way. */
export async function cancelReassignment(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const planned = reassignmentFile(options.required('reassignment-json-file'))
  const ongoing = await admin.listPartitionReassignments()
  const running = planned.filter(({ topic, partition }) => ongoing.has(`${topic}-${partition}`))
  if (running.length === 0) terminal.out('None of the specified partition reassignments are active.\n')
  else {
    await admin.alterPartitionReassignments(running.map((each) => ({ ...each, replicas: null })))
    terminal.out(`Successfully cancelled partition reassignments for: ${namesOf(running)}\n`)
  }
  terminal.out('None of the specified partition moves are active.\n')
  if (options.has('preserve-throttles')) return
  const topics = [...new Set(planned.map(({ topic }) => topic))].toSorted()
  await clear(admin, topics, terminal)
}

/** Says which throttles it clears, and clears them. */
export async function clear(admin: Admin, topics: readonly string[], terminal: Terminal): Promise<void> {
  const brokers = await brokerIds(admin)
  const plural = (word: string, count: number): string => (count === 1 ? word : `${word}s`)
  terminal.out(`Clearing broker-level throttles on ${plural('broker', brokers.length)} ${brokers.join(',')}\n`)
  terminal.out(`Clearing topic-level throttles on ${plural('topic', topics.length)} ${topics.join(',')}\n`)
  await clearThrottles(admin, brokers, topics)
}
