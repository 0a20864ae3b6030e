import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../tools/source-files.ts'
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
const kafkaVersion = '4.3.0'

/** What the suite's own brokers have. */
const settings = {
  'node.id': '0',
  'group.min.session.timeout.ms': '1000',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found': 'true',
}

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
 * The source distribution leaves out some things of the tests: that `test` is a package (Python has one of that name
 * itself), the module that starts brokers for tests that log in, the configuration of these, and a folder of Kafka's
 * tools.
 */
function completeSources(sources: string): void {
  writeFileSync(join(sources, 'test/__init__.py'), '')
  writeFileSync(join(sources, 'test/service.py'), services)
  const tools = join(sources, 'servers', kafkaVersion, 'kafka-bin', 'bin')
  const templates = join(sources, 'servers', 'resources', 'default')
  for (const folder of [tools, templates]) mkdirSync(folder, { recursive: true })
  const launcher = join(root, 'conformance/suites/kafka-python-broker.ts')
  const scripts = {
    'kafka-topics.sh': `exec ${join(root, 'bin/kafka-topics.sh')} "$@"`,
    // Our broker needs no formatted directory.
    'kafka-storage.sh': 'exit 0',
    'kafka-run-class.sh': `exec ${process.execPath} ${launcher} "$2" alice alice-secret`,
  }
  for (const [name, command] of Object.entries(scripts))
    writeFileSync(join(tools, name), `#!/bin/sh\n${command}\n`, { mode: 0o755 })
  for (const [name, lines] of Object.entries(configurations)) writeFileSync(join(templates, name), lines.join('\n'))
}

/** The tests fill in what stands in braces. */
const configurations: Readonly<Record<string, readonly string[]>> = {
  'kafka.properties': [
    'node.id={broker_id}',
    'listeners={transport}://{host}:{port}',
    'log.dirs={tmp_dir}/data',
    'num.partitions={partitions}',
    'group.min.session.timeout.ms=1000',
    'ssl.keystore.type=PKCS12',
    '{sasl_config}',
    '{ssl_config}',
    '{acl_config}',
    'sasl.jaas.config={jaas_config}',
  ],
  'kafka_server_jaas.conf': ['# as sasl.jaas.config'],
  'sasl_command.conf': [
    'security.protocol={transport}',
    'sasl.mechanism={sasl_mechanism}',
    'sasl.jaas.config={jaas_config}',
  ],
}

const services = `import subprocess


class ExternalService:
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
        self.args = args
        self.env = env
        self.child = None

    def start(self):
        self.child = subprocess.Popen(self.args, env=self.env, stdout=subprocess.PIPE, text=True)

    def wait_for(self, pattern, timeout):
        if self.child is None:
            return False
        if not hasattr(self, 'told'):
            self.told = self.child.stdout.readline()
        return self.told.startswith('started')

    def dump_logs(self):
        pass

    def stop(self):
        self.child.terminate()
        self.child.wait()
`

async function runTest(
  name: string,
  place: BrokerPlace,
  { sources, env, logPath }: { sources: string; env: Record<string, string>; logPath: string },
): Promise<Outcome> {
  // Without an address, the tests start a broker of their own.
  const startsOwn = /test_(?:sasl|ssl)_integration/.test(name)
  const uri = startsOwn ? {} : { KAFKA_URI: `kafka://${place.bootstrapServers}` }
  const { output, status, timedOut } = await runProgram(
    'python3',
    ['-m', 'pytest', '-o', 'addopts=', '-p', 'no:cacheprovider', '-rA', '-q', name],
    {
      cwd: sources,
      env: { ...env, ...uri },
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
