import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerPlace } from './broker-process.ts'
import { fetchPythonSources, suiteFolder } from './fetch-sources.ts'
import { runProgram, runStep } from './program.ts'
import type { Outcome, PreparedSuite, Suite } from './suite.ts'

const version = '3.0.12'
/** What the tests need beside the package: pytest, and the libraries of the codecs. */
const libraries = ['pytest==8.4.2', 'pytest-mock==3.15.1', 'pytest-timeout==2.4.0', 'py==1.11.0'].concat([
  'python-snappy==0.7.3',
  'lz4==4.4.4',
  'zstandard==0.25.0',
])
const testTimeoutMs = 120_000
/** The version whose tests are run; the newest that the suite knows. */
const kafkaVersion = '4.2.0'

/** What the suite's own brokers have. */
const settings = { 'node.id': '0', 'group.min.session.timeout.ms': '1000' }

export const kafkaPython: Suite = {
  about: "kafka-python's integration tests",
  async prepare(): Promise<PreparedSuite> {
    const folder = suiteFolder('kafka-python')
    const sources = await fetchPythonSources('kafka-python', version, folder)
    const modules = await installLibraries(folder)
    completeSources(sources)
    const env = { PYTHONPATH: `${sources}:${modules}`, KAFKA_VERSION: kafkaVersion, PYTHONDONTWRITEBYTECODE: '1' }
    const listed = await runStep('Listing its tests', 'python3', pytest('--collect-only', '-q'), { cwd: sources, env })
    const names = listed.split('\n').filter((line) => line.includes('::'))
    return {
      version: `kafka-python ${version}, from PyPI`,
      brokers: { plain: { settings } },
      tests: names.map((name) => ({
        name: name.replace('test/integration/', ''),
        broker: 'plain',
        run: (place, logPath) => runTest(name, place, { sources, env, logPath }),
      })),
    }
  },
}

function pytest(...argv: string[]): string[] {
  return ['-m', 'pytest', '-o', 'addopts=', '-p', 'no:cacheprovider', ...argv, 'test/integration']
}

async function installLibraries(folder: string): Promise<string> {
  const modules = join(folder, 'libraries')
  if (!existsSync(modules)) {
    const argv = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', modules, ...libraries]
    await runStep('Installing pytest and codecs from PyPI', 'python3', argv)
  }
  return modules
}

/**
 * The source distribution leaves out three things of the tests: that `test` is a package (Python has one of that name
 * itself), the module that starts brokers, and the folder of a Kafka. The tests only look whether they are there when
 * the broker is somebody else's.
 */
function completeSources(sources: string): void {
  writeFileSync(join(sources, 'test/__init__.py'), '')
  writeFileSync(join(sources, 'test/service.py'), services)
  mkdirSync(join(sources, 'servers', kafkaVersion, 'kafka-bin'), { recursive: true })
}

const services = `class ExternalService:
    def __init__(self, host, port):
        self.host = host
        self.port = port

    def open(self):
        pass

    def dump_logs(self):
        pass

    def close(self):
        pass


class SpawnedService:
    def __init__(self, args, env):
        raise RuntimeError('this broker is started by the conformance run: ' + ' '.join(args))
`

async function runTest(
  name: string,
  place: BrokerPlace,
  { sources, env, logPath }: { sources: string; env: Record<string, string>; logPath: string },
): Promise<Outcome> {
  const { output, status, timedOut } = await runProgram(
    'python3',
    ['-m', 'pytest', '-o', 'addopts=', '-p', 'no:cacheprovider', '-rA', '-q', name],
    {
      cwd: sources,
      env: { ...env, KAFKA_URI: `kafka://${place.bootstrapServers}` },
      timeoutMs: testTimeoutMs,
      logPath,
    },
  )
  if (timedOut) return { verdict: 'failed', why: `not done within ${testTimeoutMs / 1000} s` }
  if (output.split('\n').includes(`PASSED ${name}`) && status === 0) return { verdict: 'passed' }
  const skip = /^SKIPPED \[\d+\] (.*)/m.exec(output)?.[1]
  if (skip !== undefined && status === 0) return { verdict: 'skipped', why: skip }
  return { verdict: 'failed', why: /^(?:FAILED|ERROR) .*/m.exec(output)?.[0] ?? `ended with ${String(status)}` }
}
