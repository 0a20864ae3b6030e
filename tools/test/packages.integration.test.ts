import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../source-files.ts'

const program = `import assert from 'node:assert/strict'
import { startBroker } from '@streamwright/broker'
import { Consumer, Producer, eachRecord } from '@streamwright/client'
import { StreamsBuilder, serdes } from '@streamwright/streams'
import { TopologyTestDriver } from '@streamwright/streams/testing'

const builder = new StreamsBuilder()
builder
  .stream('lines', { key: serdes.string, value: serdes.string })
  .flatMapValues((line) => line.split(' '))
  .groupBy((_key, word) => word, { key: serdes.string, value: serdes.string })
  .count({ store: 'counts' })
  .toStream()
  .to('counts', { value: serdes.long })
const driver = new TopologyTestDriver(builder.build())
driver.createInputTopic('lines', { key: serdes.string, value: serdes.string }).pipeValue('hello kafka hello')
const counts: ReadonlyMap<string | null, number | null> = driver.createOutputTopic('counts', { key: serdes.string, value: serdes.long }).readAsMap()
assert.equal(counts.get('hello'), 2)
driver.close()

const broker = await startBroker({ port: 0, inMemory: true })
const producer = new Producer({ bootstrapServers: broker.bootstrapServers })
await producer.send({ topic: 't', key: 'k', value: 'v' })
await producer.close()
const consumer = new Consumer({ bootstrapServers: broker.bootstrapServers, groupId: 'g', autoOffsetReset: 'earliest' })
consumer.subscribe(['t'])
let value = ''
while (value === '') for (const record of eachRecord(await consumer.poll(100))) value = record.value?.toString() ?? ''
assert.equal(value, 'v')
await consumer.close()
await broker.close()
`

function run(command: string, argv: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: 'utf8' })
  assert.equal(status, 0, `${command} ${argv.join(' ')}:\n${stdout}${stderr}`)
  return stdout
}

test('the packages as published install, type-check and run in a foreign project', () => {
  run(process.execPath, ['tools/build.ts', '--pack'], root)
  const project = mkdtempSync(join(tmpdir(), 'streamwright-foreign-'))
  try {
    const tarballs = globSync('*.tgz', { cwd: join(root, '.stage') }).map((name) => join(root, '.stage', name))
    assert.equal(tarballs.length, 7)
    writeFileSync(join(project, 'package.json'), '{ "name": "foreign", "private": true, "type": "module" }')
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline', ...tarballs], project)
    writeFileSync(join(project, 'program.ts'), program)
    const options = [
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'esnext',
      '--noEmit',
      '--typeRoots',
      join(root, 'node_modules/@types'),
      '--types',
      'node',
    ]
    run(join(root, 'node_modules/.bin/tsc'), [...options, 'program.ts'], project)
    run(process.execPath, ['program.ts'], project)
    assert.match(
      run(process.execPath, ['node_modules/.bin/streamwright', 'topics', '--version'], project),
      /^4\.3\.0$/m,
    )
    assert.match(
      run(join(project, 'node_modules/streamwright/bin/zookeeper-server-start.sh'), [], project),
      /Kafka needs no ZooKeeper/,
    )
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
})
