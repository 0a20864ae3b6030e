import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokerKinds, startBench } from '../bench-broker.ts'
import type { BenchBroker } from '../bench-broker.ts'
import { short } from '../statistics.ts'
import { changelogOfCounts } from './changelog.ts'
import { contendersOf, isAble, ours, run } from './contenders.ts'
import type { Contender, Engine, Peer } from './contenders.ts'
import type { Figures, Ratio, RunFigures } from './figures.ts'
import { figuresOf, medianFigures, ratioOf, reported } from './figures.ts'
import { Inputs } from './inputs.ts'
import { measureLatency } from './latency.ts'
import type { Latency } from './latency.ts'
import { summarizeOutput } from './outputs.ts'
import type { OutputSummary } from './outputs.ts'
import { tableOf } from './table.ts'
import type { WorkloadRuns } from './table.ts'
import type { Workload } from './workloads.ts'

const brokerCpus = '0'
const applicationCpus = '1,2'

export interface StreamsBenchOptions {
  readonly workloads: readonly Workload[]
  /** Without one, ours is measured alone. */
  readonly peer: Peer | undefined
  /** `embedded`, `kafka`, or the address of one that runs already. */
  readonly broker: string
  readonly records: number | undefined
  readonly rounds: number
  /** Of our persistent stores. */
  readonly engine: Engine
}

/** One workload against one configuration of a peer: medians, and their ratio. */
export interface StreamsEntry {
  readonly workload: string
  readonly peer: string
  readonly broker: string
  readonly ours: Figures & Partial<Latency>
  readonly theirs: Figures & Partial<Latency>
  readonly ratio: Ratio
}

interface Result {
  readonly contender: Contender
  readonly runs: RunFigures[]
  readonly latencies: Latency[]
  output: OutputSummary | undefined
}

/** Ours and the peer in turn, workload by workload, several rounds. */
export async function streamsBench(
  options: StreamsBenchOptions,
  /** Told after each workload of all entries so far: a run takes long, and somebody may end it. */
  onEntries: (entries: readonly StreamsEntry[]) => void,
): Promise<StreamsEntry[]> {
  const contenders = [await ours(options.engine), ...(options.peer === undefined ? [] : contendersOf(options.peer))]
  const broker = await brokerOf(options.broker)
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-bench-'))
  const inputs = new Inputs(broker.bootstrapServers)
  try {
    const entries: StreamsEntry[] = []
    const table: WorkloadRuns[] = []
    for (const workload of options.workloads) {
      if (options.peer !== undefined && !isAble(options.peer, workload)) {
        process.stdout.write(`${workload.name}: not with ${options.peer}\n`)
        continue
      }
      const bench = new WorkloadBench(workload, options, broker, inputs, folder)
      entries.push(...(await bench.compare(contenders, table)))
      onEntries(entries)
    }
    process.stdout.write(`\n${tableOf(table)}`)
    return entries
  } finally {
    await inputs.close()
    await broker.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A broker that runs already is not asked what CPU it needs, and is left running. */
function brokerOf(name: string): Promise<BenchBroker> {
  const kind = brokerKinds.find((each) => each === name)
  if (kind !== undefined) return startBench(kind, brokerCpus)
  return Promise.resolve({ bootstrapServers: name, pid: 0, stop: () => Promise.resolve() })
}

class WorkloadBench {
  readonly #workload: Workload
  readonly #options: StreamsBenchOptions
  readonly #broker: BenchBroker
  readonly #inputs: Inputs
  readonly #folder: string
  readonly #records: number

  constructor(workload: Workload, options: StreamsBenchOptions, broker: BenchBroker, inputs: Inputs, folder: string) {
    this.#workload = workload
    this.#options = options
    this.#broker = broker
    this.#inputs = inputs
    this.#folder = folder
    this.#records = options.records ?? workload.records
  }

  async compare(contenders: readonly Contender[], table: WorkloadRuns[]): Promise<StreamsEntry[]> {
    const results = contenders.map((contender): Result => ({ contender, runs: [], latencies: [], output: undefined }))
    for (let round = 0; round < this.#options.rounds; round++) {
      // Each begins a round in its turn.
      const first = round % results.length
      for (const result of [...results.slice(first), ...results.slice(0, first)]) await this.#runOnce(result, round)
    }
    this.#requireEqualOutputs(results)
    const [own, ...others] = results
    if (own === undefined) return []
    for (const result of results) print(this.#workload, result)
    table.push({
      workload: this.#workload.name,
      contenders: results.map(({ contender, runs }) => ({ name: contender.name, runs })),
    })
    return others.map((other) => this.#entry(own, other))
  }

  async #runOnce(result: Result, round: number): Promise<void> {
    const { name } = result.contender
    const applicationId = `bench-${this.#workload.name}-${name}-${round}-${process.pid}`
    const output = `${applicationId}-output`
    const stateDirectory = join(this.#folder, applicationId)
    const { bootstrapServers, pid } = this.#broker
    await this.#inputs.create(output)
    const inputs = await this.#inputsOf(applicationId)
    const running = run(result.contender, {
      workload: this.#workload,
      applicationId,
      bootstrapServers,
      brokerPid: pid,
      inputs,
      output,
      stateDirectory,
      records: this.#records,
      applicationCpus,
      hostCpus: `${brokerCpus},${applicationCpus}`,
    })
    if (this.#workload.measured === 'latency') {
      const [input = ''] = inputs
      const measuring = measureLatency({ bootstrapServers, input, output, records: this.#records })
      result.latencies.push(await Promise.race([measuring, running.then(() => measuring)]))
    }
    const figures = figuresOf(await running)
    result.runs.push(figures)
    if (this.#workload.measured === 'throughput') {
      const { compare, valuesAreJson } = this.#workload
      result.output ??= await summarizeOutput(bootstrapServers, output, compare, valuesAreJson)
    }
    await this.#inputs.deleteTopicsOf(applicationId)
    rmSync(stateDirectory, { recursive: true, force: true })
    process.stdout.write(`  ${this.#workload.name} ${name}, round ${round + 1}: ${lineOf(figures)}\n`)
  }

  async #inputsOf(applicationId: string): Promise<readonly string[]> {
    const { measured } = this.#workload
    if (measured === 'restore') {
      const input = `${applicationId}-input`
      await this.#inputs.create(input)
      const changelog = `${applicationId}-counts-changelog`
      await this.#inputs.fill(changelog, changelogOfCounts(this.#records), { 'cleanup.policy': 'compact' })
      return [input]
    }
    if (measured === 'latency') {
      const input = `${applicationId}-input`
      await this.#inputs.create(input)
      return [input]
    }
    return this.#inputs.topicsOf(this.#workload, this.#records)
  }

  /** Equal work means equal results. */
  #requireEqualOutputs(results: readonly Result[]): void {
    const [first, ...others] = results
    for (const { contender, output } of others) {
      if (output === undefined || first?.output === undefined) continue
      const sameCount = this.#workload.compare === 'latest' || output.records === first.output.records
      if (sameCount && output.digest === first.output.digest) continue
      const [left, right] = [first.output, output].map(({ records, digest }) => `${records} records, ${digest}`)
      throw new Error(`${this.#workload.name}: ours wrote ${left}; ${contender.name} wrote ${right}`)
    }
  }

  #entry(own: Result, other: Result): StreamsEntry {
    return {
      workload: this.#workload.name,
      peer: other.contender.name,
      broker: this.#options.broker,
      ours: { ...reported(medianFigures(own.runs)), ...medianLatency(own.latencies) },
      theirs: { ...reported(medianFigures(other.runs)), ...medianLatency(other.latencies) },
      ratio: ratioOf(own.runs, other.runs),
    }
  }
}

function medianLatency(latencies: readonly Latency[]): Partial<Latency> {
  if (latencies.length === 0) return {}
  const of = (field: keyof Latency): number =>
    latencies.map((latency) => latency[field]).toSorted((left, right) => left - right)[latencies.length >> 1] ?? 0
  return { p50Ms: of('p50Ms'), p99Ms: of('p99Ms'), p999Ms: of('p999Ms') }
}

function print(workload: Workload, { contender, runs, latencies, output }: Result): void {
  const latency = medianLatency(latencies)
  const parts = [
    workload.name.padEnd(24),
    contender.name.padEnd(12),
    lineOf(medianFigures(runs)),
    ...(latency.p99Ms === undefined
      ? []
      : [`p50 ${latency.p50Ms?.toFixed(1)}, p99 ${latency.p99Ms.toFixed(1)}, p99.9 ${latency.p999Ms?.toFixed(1)} ms`]),
    ...(output === undefined ? [] : [`${output.records} results, ${output.digest}`]),
  ]
  process.stdout.write(`${parts.join(' ')}\n`)
}

function lineOf(figures: RunFigures): string {
  return [
    `${short(figures.steadyRecordsPerSecond)}/s steady`,
    `${short(figures.wholeRecordsPerSecond)}/s whole`,
    `CPU s/M ${figures.cpuSecondsPerMillion.toFixed(2)} (thread ${figures.threadCpuSecondsPerMillion.toFixed(2)}, whole ${figures.wholeCpuSecondsPerMillion.toFixed(2)})`,
    `broker ${figures.brokerCpuSecondsPerMillion.toFixed(2)}`,
    `${(figures.rssPeakBytes / 1024 / 1024).toFixed(0)} MB`,
    `start ${figures.startMs.toFixed(0)} ms`,
    `others ${figures.foreignCores.toFixed(1)} cores`,
  ].join(', ')
}
