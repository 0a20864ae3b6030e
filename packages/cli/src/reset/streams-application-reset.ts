import { Admin } from '@streamwright/client'
import { StreamwrightError } from '@streamwright/std'
import { clientProperties } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { UsageError } from '../command-line/usage-error.ts'
import { isInternalTopicOf } from './internal-topics.ts'
import { planReset, resetKinds } from './reset-plan.ts'
import type { ResetTarget } from './reset-plan.ts'

/** `kafka-streams-application-reset`: input offsets back to a chosen place, internal topics deleted. */
export const streamsApplicationReset: Tool = {
  name: 'kafka-streams-application-reset',
  about:
    'This tool helps to quickly reset an application in order to reprocess its data from scratch. It resets the offsets of input topics and deletes the internal topics. Local state is removed by the application itself (streams.cleanUp()).',
  options: {
    'application-id': { about: 'The application.id of the application.', argumentName: 'id' },
    'bootstrap-server': { about: 'Brokers to connect to. Default: localhost:9092.', argumentName: 'servers' },
    'input-topics': { about: 'Input topics whose offsets are reset, separated by commas.', argumentName: 'list' },
    'intermediate-topics': {
      about: 'Deprecated: topics that the application reads and writes; skipped to their end.',
      argumentName: 'list',
    },
    'internal-topics': { about: 'Internal topics to delete. Default: all that are found.', argumentName: 'list' },
    'to-offset': { about: 'Reset to this offset.', argumentName: 'offset' },
    'to-datetime': {
      about: 'Reset to the first record from this time on, as YYYY-MM-DDTHH:mm:SS.sss.',
      argumentName: 'time',
    },
    'by-duration': { about: 'Reset to the first record of this long ago, as PnDTnHnMnS.', argumentName: 'duration' },
    'to-earliest': { about: 'Reset to the beginning (the default).', argument: 'none' },
    'to-latest': { about: 'Reset to the end.', argument: 'none' },
    'from-file': { about: 'Reset to offsets of a file with lines topic,partition,offset.', argumentName: 'file' },
    'shift-by': { about: 'Move by so many records, back if negative.', argumentName: 'count' },
    'config-file': { about: 'The old name of --command-config.', argumentName: 'file' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    force: { about: 'Remove members that are still in the group.', argument: 'none' },
    'dry-run': { about: 'Only show what would be done.', argument: 'none' },
  },
  async run(options, terminal) {
    if (!options.has('application-id')) throw new UsageError('Missing required option(s) [application-id]')
    for (const [index, kind] of resetKinds.entries()) options.exclude(kind, resetKinds.slice(index + 1))
    const print = (line: string): void => terminal.out(`${line}\n`)
    if (options.has('config-file')) {
      print(
        'Option --config-file has been deprecated and will be removed in a future version. Use --command-config instead.',
      )
    }
    if (options.has('intermediate-topics'))
      print('WARN: `--intermediate-topics` is deprecated and will be removed in a future release')
    const files = [...options.values('command-config'), ...options.values('config-file')]
    const bootstrapServers = options.value('bootstrap-server') ?? 'localhost:9092'
    const admin = new Admin({ ...clientProperties(files, []), bootstrapServers }, terminal.environment)
    try {
      return await new Reset(admin, options, terminal, print).run()
    } catch (error) {
      if (error instanceof UsageError || !(error instanceof Error)) throw error
      throw new StreamwrightError(`ERROR: ${error.message}`, { code: 'RESET_FAILED', cause: error })
    } finally {
      await admin.close()
    }
  },
}

function list(options: ParsedOptions, name: string): string[] {
  return (options.value(name) ?? '').split(',').flatMap((topic) => (topic.trim() === '' ? [] : [topic.trim()]))
}

class Reset {
  readonly #admin: Admin
  readonly #options: ParsedOptions
  readonly #terminal: Terminal
  readonly #print: (line: string) => void
  readonly #application: string
  readonly #dryRun: boolean

  constructor(admin: Admin, options: ParsedOptions, terminal: Terminal, print: (line: string) => void) {
    this.#admin = admin
    this.#options = options
    this.#terminal = terminal
    this.#print = print
    this.#application = options.required('application-id')
    this.#dryRun = options.has('dry-run')
  }

  async run(): Promise<number> {
    await this.#refuseActiveGroup()
    const topics = new Map((await this.#admin.listTopics()).map((topic) => [topic.name, topic]))
    if (this.#dryRun)
      this.#print('----Dry run displays the actions which will be performed when running Streams Reset Tool----')
    let status = await this.#resetOffsets(new Set(topics.keys()))
    const internal = this.#internalTopics([...topics.keys()])
    const given = list(this.#options, 'internal-topics')
    if (given.some((topic) => !internal.includes(topic))) {
      throw new StreamwrightError(
        'Invalid topic specified in the --internal-topics option. Ensure that the topics specified are all internal topics. Do a dry run without the --internal-topics option to see the list of all internal topics that can be deleted.',
        { code: 'INVALID_ARGUMENT' },
      )
    }
    const doomed = given.length > 0 ? given : internal
    this.#print(`Deleting ${given.length > 0 ? 'specified' : 'inferred'} internal topics [${doomed.join(', ')}]`)
    if (!this.#dryRun && doomed.length > 0) {
      await this.#admin.deleteTopics(doomed).catch((error: unknown) => {
        this.#terminal.error(`${String(error)}\n`)
        status = 1
      })
    }
    this.#print('Done.')
    return status
  }

  async #refuseActiveGroup(): Promise<void> {
    const group = (await this.#admin.describeGroups([this.#application])).get(this.#application)
    if (group === undefined || group.members.length === 0) return
    if (!this.#options.has('force')) {
      const members = group.members.map(
        (member) => `(memberId=${member.memberId}, clientId=${member.clientId}, host=${member.clientHost})`,
      )
      throw new StreamwrightError(
        `Consumer group '${this.#application}' is still active and has following members: [${members.join(', ')}]. Make sure to stop all running application instances before running the reset tool. You can use option '--force' to remove active members from the group.`,
        { code: 'NON_EMPTY_GROUP' },
      )
    }
    this.#print(`Force deleting all active members in the group: ${this.#application}`)
    await this.#admin.removeGroupMembers(
      this.#application,
      group.members.map((member) => ({ memberId: member.memberId })),
    )
  }

  #internalTopics(topics: readonly string[]): string[] {
    return topics.filter((topic) => isInternalTopicOf(this.#application, topic)).toSorted()
  }

  async #resetOffsets(existing: ReadonlySet<string>): Promise<number> {
    const inputs = list(this.#options, 'input-topics')
    const intermediates = list(this.#options, 'intermediate-topics')
    if (inputs.length + intermediates.length === 0) {
      this.#print('No input or intermediate topics specified. Skipping seek.')
      return 0
    }
    if (inputs.length > 0) this.#print(`Reset-offsets for input topics [${inputs.join(', ')}]`)
    if (intermediates.length > 0) this.#print(`Seek-to-end for intermediate topics [${intermediates.join(', ')}]`)
    const missing = (topics: readonly string[], kind: string): number => {
      const unknown = topics.filter((topic) => !existing.has(topic))
      if (unknown.length === 0) return 0
      this.#print(`Following ${kind} topics are not found, skipping them`)
      for (const topic of unknown) this.#print(`Topic: ${topic}`)
      return 1
    }
    const status = Math.max(missing(inputs, 'input'), missing(intermediates, 'intermediate'))
    const foundInputs = inputs.filter((topic) => existing.has(topic))
    const foundIntermediates = intermediates.filter((topic) => existing.has(topic))
    if (foundInputs.length + foundIntermediates.length === 0) return status
    const context = { group: this.#application, nowMs: this.#terminal.environment.clock.wallMs(), print: this.#print }
    const targets: ResetTarget[] = []
    if (foundInputs.length > 0) {
      this.#print(`Following input topics offsets will be reset to (for consumer group ${this.#application})`)
      const planned = await planReset(this.#admin, this.#options, foundInputs, context)
      for (const { topic, partition, offset } of planned)
        this.#print(`Topic: ${topic} Partition: ${partition} Offset: ${offset}`)
      targets.push(...planned)
    }
    if (foundIntermediates.length > 0) {
      this.#print(
        `Following intermediate topics offsets will be reset to end (for consumer group ${this.#application})`,
      )
      for (const topic of foundIntermediates) this.#print(`Topic: ${topic}`)
      targets.push(...(await planReset(this.#admin, undefined, foundIntermediates, context)))
    }
    if (!this.#dryRun) await this.#admin.alterGroupOffsets(this.#application, targets)
    this.#print('Done.')
    // With a topic missing Kafka's tool leaves the group as it is, and so the internal topics are found no more.
    return status
  }
}
