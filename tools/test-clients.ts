/**
 * `npm run test:clients`: foreign clients produce, consume and commit on our broker. Installs kcat (Debian), kafkajs,
 * @platformatic/kafka and kafka-python under `.cache/clients`; a client that cannot be had here is skipped, with the
 * reason.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import { CheckList } from './kafka-checks/check-list.ts'
import { root } from './source-files.ts'

const cache = join(root, '.cache', 'clients')
const checks = join(root, 'tools', 'clients')
const pythonPackage = 'kafka-python==2.2.15'
const programTimeoutMs = 60_000

/** Runs a program to its end and returns what it printed; its failure is ours, with all it said. */
async function run(
  command: string,
  argv: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const child = spawn(command, argv, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    timeout: programTimeoutMs,
    cwd: cache,
  })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (error += text))
  child.stdin.end(options.input ?? '')
  const [status] = await once(child, 'close')
  assert.equal(status, 0, `${command} ${argv.join(' ')} ended with ${String(status)}:\n${out}${error}`)
  return out
}

function works(command: string, argv: readonly string[]): boolean {
  return spawnSync(command, argv, { stdio: 'ignore' }).status === 0
}

/** Undefined when it is there or was installed; otherwise why not. */
function installKcat(): string | undefined {
  if (works('kcat', ['-V'])) return undefined
  if (!works('apt-get', ['--version'])) return 'kcat is not installed, and there is no apt-get to install it'
  spawnSync('apt-get', ['update'], { stdio: 'ignore' })
  return works('apt-get', ['install', '-y', 'kcat']) ? undefined : 'apt-get could not install kcat (it needs root)'
}

function installNodeClients(): string | undefined {
  mkdirSync(cache, { recursive: true })
  copyFileSync(join(checks, 'package.json'), join(cache, 'package.json'))
  if (existsSync(join(cache, 'node_modules', 'kafkajs')) && existsSync(join(cache, 'node_modules', '@platformatic')))
    return undefined
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: cache,
    encoding: 'utf8',
  })
  return status === 0 ? undefined : `npm could not install them: ${stderr}`
}

function installPythonClient(): string | undefined {
  if (existsSync(join(cache, 'python', 'kafka'))) return undefined
  const argv = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--target',
    join(cache, 'python'),
    pythonPackage,
  ]
  const { status, stderr } = spawnSync('python3', argv, { encoding: 'utf8' })
  return status === 0 ? undefined : `pip could not install ${pythonPackage}: ${stderr}`
}

async function kcatProducesAndConsumes(server: string): Promise<void> {
  const lines = Array.from({ length: 100 }, (_none, index) => `k${index}:v${index}`)
  for (const codec of ['none', 'gzip', 'snappy', 'lz4', 'zstd']) {
    const topic = `kcat-${codec}`
    await run('kcat', ['-b', server, '-P', '-t', topic, '-K:', '-z', codec, '-H', 'h=1'], {
      input: `${lines.join('\n')}\n`,
    })
    const read = await run('kcat', [
      '-b',
      server,
      '-C',
      '-t',
      topic,
      '-o',
      'beginning',
      '-e',
      '-q',
      '-f',
      '%k:%s %h %o\\n',
    ])
    assert.deepEqual(
      read.trim().split('\n'),
      lines.map((line, index) => `${line} h=1 ${index}`),
    )
  }
  const metadata: { topics: { topic: string }[] } = JSON.parse(await run('kcat', ['-b', server, '-L', '-J']))
  assert.ok(metadata.topics.some(({ topic }) => topic === 'kcat-zstd'))
  assert.match(await run('kcat', ['-b', server, '-Q', '-t', 'kcat-gzip:0:-1']), /kcat-gzip \[0\] offset 100/)
}

async function kcatGoesOnInAGroup(server: string): Promise<void> {
  const read = (count: number): Promise<string> =>
    run('kcat', [
      '-b',
      server,
      '-G',
      'kcat-group',
      '-c',
      String(count),
      '-q',
      '-X',
      'auto.offset.reset=earliest',
      '-f',
      '%s\\n',
      'kcat-none',
    ])
  const first = (await read(40)).trim().split('\n')
  const second = (await read(60)).trim().split('\n')
  assert.deepEqual(
    [...first, ...second],
    Array.from({ length: 100 }, (_none, index) => `v${index}`),
  )
}

const broker = await startBroker({ port: 0, temporary: true })
// The broker is told as 127.0.0.1 alone: some clients take only one address.
const server = `127.0.0.1:${broker.port}`
const list = new CheckList()
let skipped = 0

async function client(
  name: string,
  unavailable: string | undefined,
  verify: readonly (readonly [string, () => Promise<unknown>])[],
): Promise<void> {
  if (unavailable !== undefined) {
    skipped += verify.length
    process.stdout.write(`skipped ${name}: ${unavailable}\n`)
    return
  }
  for (const [what, check] of verify) await list.check(`${name}: ${what}`, async () => void (await check()))
}

const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER']
const secured = await startBroker({
  inMemory: true,
  settings: { listeners: 'SASL_PLAINTEXT://127.0.0.1:0', 'sasl.enabled.mechanisms': mechanisms.join() },
  authentication: {
    plain: { alice: 'secret' },
    scram: (['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map((mechanism) => ({
      name: 'alice',
      password: 'secret',
      mechanism,
    })),
    oauthbearer: 'unsecured',
  },
})
const secureServer = `127.0.0.1:${secured.port}`
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${part({ alg: 'none' })}.${part({ sub: 'alice', exp: Math.floor(Date.now() / 1000) + 3600 })}.`

/** A program, for each mechanism: gets in, and is refused with a wrong password or token. */
function authenticates(
  command: string,
  argv: readonly string[],
  env: Record<string, string> = {},
): [string, () => Promise<unknown>][] {
  return mechanisms.map((mechanism) => [
    `authenticates by ${mechanism}`,
    () => run(command, [...argv, secureServer, mechanism, token], { env }),
  ])
}

await createKnownTopic()

async function createKnownTopic(): Promise<void> {
  const user = { saslMechanism: 'PLAIN', saslUsername: 'alice', saslPassword: 'secret' }
  const admin = new Admin({ bootstrapServers: secureServer, securityProtocol: 'SASL_PLAINTEXT', ...user })
  await admin.createTopics([{ name: 'known' }])
  await admin.close()
}

mkdirSync(cache, { recursive: true })
await client('kcat', installKcat(), [
  ['produces and consumes with every codec', () => kcatProducesAndConsumes(server)],
  ['commits, and goes on', () => kcatGoesOnInAGroup(server)],
])
const node = installNodeClients()
// Copied beside the clients, so that they are found from there.
const programs = [
  'kafkajs-check.cjs',
  'platformatic-check.mjs',
  'kafkajs-authentication.cjs',
  'platformatic-authentication.mjs',
]
for (const file of programs) copyFileSync(join(checks, file), join(cache, file))
await client('kafkajs', node, [
  ['produces, shares partitions, commits', () => run(process.execPath, [join(cache, 'kafkajs-check.cjs'), server])],
])
await client('@platformatic/kafka', node, [
  ['produces, consumes, commits', () => run(process.execPath, [join(cache, 'platformatic-check.mjs'), server])],
])
await client('kafka-python', installPythonClient(), [
  [
    'produces and consumes JSON in a group, commits',
    () =>
      run('python3', [join(checks, 'kafka_python_check.py'), server], { env: { PYTHONPATH: join(cache, 'python') } }),
  ],
])
await client('kafkajs', node, authenticates(process.execPath, [join(cache, 'kafkajs-authentication.cjs')]))
await client(
  '@platformatic/kafka',
  node,
  authenticates(process.execPath, [join(cache, 'platformatic-authentication.mjs')]),
)
await client(
  'kafka-python',
  installPythonClient(),
  authenticates('python3', [join(checks, 'kafka_python_authentication.py')], { PYTHONPATH: join(cache, 'python') }),
)
await secured.close()
await broker.close()
process.exitCode = list.report(skipped) ? 0 : 1
