import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { startBroker } from '@streamwright/broker'
import { Admin } from '@streamwright/client'
import { environmentWith, silentLog } from '@streamwright/std'
import { storageTool } from '../src/storage/storage-tool.ts'
import { runCli } from './run-cli.ts'

const clusterId = '4L6g3nShT-eMCtK--X86sw'

interface Cleanup {
  after(action: () => void | Promise<void>): void
}

/** A folder with a server.properties, and the tool for it. */
function formatter(context: Cleanup, quorum: string) {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-storage-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'data')
  const config = join(folder, 'server.properties')
  const lines = ['process.roles=broker,controller', 'node.id=1', quorum, `log.dirs=${data}`]
  const listeners = [
    'listeners=PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:19093',
    'controller.listener.names=CONTROLLER',
  ]
  writeFileSync(config, [...lines, ...listeners].join('\n'))
  const format = (...argv: readonly string[]): ReturnType<typeof runCli> =>
    runCli(storageTool, ['format', '-t', clusterId, '-c', config, ...argv])
  return { data, format }
}

const staticQuorum = 'controller.quorum.voters=1@127.0.0.1:19093'
const dynamicQuorum = 'controller.quorum.bootstrap.servers=127.0.0.1:19093'

test('a broker has the features and the users that its directory was formatted with', async (context) => {
  const { data, format } = formatter(context, dynamicQuorum)
  const user = 'SCRAM-SHA-256=[name=alice,password="secret",iterations=8192]'
  const done = await format(
    '--standalone',
    '--feature',
    'transaction.version=1',
    '--feature',
    'share.version=0',
    '--add-scram',
    user,
  )
  assert.equal(done.status, 0, done.error)
  assert.match(done.out, /UserScramCredentialRecord\(name='alice', mechanism=1, salt=\[-?\d+, .*\], iterations=8192\)/)
  assert.match(done.out, /Formatting dynamic metadata voter directory/)
  const environment = environmentWith({ log: silentLog })
  const settings = {
    listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
    'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
    'log.dirs': data,
  }
  const broker = await startBroker({ settings, environment })
  const admin = new Admin(
    {
      bootstrapServers: broker.bootstrapServers,
      securityProtocol: 'SASL_PLAINTEXT',
      saslMechanism: 'SCRAM-SHA-256',
      saslJaasConfig:
        'org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="secret";',
    },
    environment,
  )
  const { finalized } = await admin.describeFeatures()
  await admin.close()
  await broker.close()
  const level = (name: string): number | undefined => finalized.get(name)?.max
  assert.deepEqual(['transaction.version', 'share.version', 'kraft.version', 'group.version'].map(level), [
    1,
    undefined,
    1,
    1,
  ])
  assert.equal(broker.clusterId, clusterId)
})

test('what cannot be is refused in Kafka’s words', async (context) => {
  const fixed = formatter(context, staticQuorum)
  const dynamic = formatter(context, dynamicQuorum)
  const cases: readonly (readonly [Promise<{ status: number; error: string }>, RegExp])[] = [
    [
      fixed.format('--feature', 'kraft.version=2'),
      /^Cannot set kraft\.version to 2 unless controller\.quorum\.voters is empty/,
    ],
    [dynamic.format('--standalone', '--feature', 'kraft.version=0'), /^Cannot set kraft\.version to 0 if /],
    [dynamic.format('--initial-controllers', '1@127.0.0.1'), /No colon following hostname could be found\./],
    [dynamic.format('--initial-controllers', '1@[::1]9'), /Port section must start with a colon\./],
    [dynamic.format('--initial-controllers', 'a@h:1:x'), /Failed to parse node id in dynamic voter string\./],
    [dynamic.format('--initial-controllers', '1@h:70000:x'), /Invalid port 70000 in dynamic voter string\./],
    [dynamic.format('--initial-controllers', '1@h:1:x'), /Failed to parse directory ID in dynamic voter string\./],
    [dynamic.format('--initial-controllers', ','), /No voters given\./],
    [fixed.format('--standalone'), /^You cannot specify controller\.quorum\.voters and format/],
    [dynamic.format(), /^Because controller\.quorum\.voters is not set/],
    [
      fixed.format('--release-version', '3.4', '--add-scram', 'SCRAM-SHA-256=[name=a,password=b]'),
      /^SCRAM is only supported in metadata\.version 3\.5-IV2 or later\./,
    ],
    ...(
      [
        ['SCRAM-SHA-256', /^Failed to find equals sign in SCRAM argument 'SCRAM-SHA-256'/],
        ['SCRAM-SHA-1=[name=a]', /^The add-scram mechanism SCRAM-SHA-1 is not supported\./],
        ['SCRAM-SHA-256=name=a', /^Expected configuration string to start with \[/],
        ['SCRAM-SHA-256=[name=a', /^Expected configuration string to end with \]/],
        ['SCRAM-SHA-256=[name]', /^No equals sign found in SCRAM component: name/],
        ['SCRAM-SHA-256=[name=a,saltedpassword=YQ==]', /^You must supply 'salt' with 'saltedpassword' to add-scram/],
        ['SCRAM-SHA-256=[name=a,password=b,x=y,c=d]', /^Unknown SCRAM configurations: c, x/],
        ['SCRAM-SHA-256=[name=a,password=b,iterations=x]', /^Failed to parse iterations count: x/],
        ['SCRAM-SHA-256=[name=a,password=b,salt=***]', /^Failed to decode given salt: \*\*\*/],
        [
          'SCRAM-SHA-512=[name=a,password=b,iterations=4095]',
          /^The 'iterations' value must be >= 4096 for add-scram using SCRAM_SHA_512/,
        ],
      ] as const
    ).map(([argument, error]) => [fixed.format('--add-scram', argument), error] as const),
  ]
  for (const [outcome, expected] of cases) {
    const { status, error } = await outcome
    assert.equal(status, 1)
    assert.match(error.replace('Exception in thread "main" java.lang.IllegalArgumentException: ', ''), expected)
  }
})

test('a directory keeps its identifier from the list of controllers, and others are left alone', async (context) => {
  const { data, format } = formatter(context, dynamicQuorum)
  const other = await format('--initial-controllers', '2@127.0.0.1:19093:7pgpV9qMRTKVAi3Yp96LLw')
  assert.match(other.out, /Formatting dynamic metadata directory /)
  rmSync(data, { recursive: true })
  const own = await format('--initial-controllers', '1@127.0.0.1:19093:7pgpV9qMRTKVAi3Yp96LLw')
  assert.match(own.out, /Formatting dynamic metadata voter directory /)
  const info = await runCli(storageTool, ['info', '-c', join(data, '..', 'server.properties')])
  assert.match(info.out, /directory\.id=7pgpV9qMRTKVAi3Yp96LLw/)
  const again = await format('--no-initial-controllers')
  assert.match(again.error, /is already formatted\. Use --ignore-formatted/)
  assert.equal(
    (await format('--standalone', '--ignore-formatted')).out,
    'All of the log directories are already formatted.\n',
  )
})
