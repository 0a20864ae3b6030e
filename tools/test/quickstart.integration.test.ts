import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { codeBlocks } from '../documents.ts'
import { root } from '../source-files.ts'

// `npm test` runs with Node 24; the scripts find theirs by themselves, whatever the path says.
const environment = { ...process.env, NODE_OPTIONS: '' }

interface Done {
  readonly status: number | null
  readonly out: string
  readonly error: string
}

/** Runs a line of a document as a shell would, with `input` on its standard input. */
function shell(line: string, input = ''): Done {
  const done = spawnSync('sh', ['-c', line], { cwd: root, input, encoding: 'utf8', env: environment, timeout: 60_000 })
  return { status: done.status, out: done.stdout, error: done.stderr }
}

/** Starts a line and waits until it has said something that matches. Ends with SIGINT, in order. */
async function background(context: TestContext, line: string, ready: RegExp): Promise<ChildProcess> {
  const child = spawn('sh', ['-c', `exec ${line}`], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  context.after(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGINT')
    await once(child, 'exit')
  })
  await new Promise<void>((resolve, reject) => {
    let text = ''
    const hear = (chunk: Buffer): void => {
      text += chunk.toString()
      if (ready.test(text)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (status) => reject(new Error(`${line} ended with ${status}: ${text}`)))
  })
  return child
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function documentedSession(): readonly string[] {
  const block = codeBlocks().find(({ path, text }) => path === 'README.md' && text.startsWith('bin/'))
  assert.ok(block !== undefined, 'The README shows the session of the quickstart')
  return block.text.trim().split('\n')
}

test("the session of Kafka's quickstart runs as the README has it", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-quickstart-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const port = await freePort()
  const here = (line: string): string => line.replaceAll('localhost:9092', `localhost:${port}`)
  const properties = join(folder, 'server.properties')
  const shipped = readFileSync(join(root, 'config/server.properties'), 'utf8')
  writeFileSync(properties, here(shipped).replace('log.dirs=data/broker', `log.dirs=${folder}/data`))

  assert.deepEqual(shell('bin/zookeeper-server-start.sh -daemon config/zookeeper.properties'), {
    status: 0,
    out: 'Kafka needs no ZooKeeper any more: go on with bin/kafka-server-start.sh config/server.properties\n',
    error: '',
  })
  await background(context, `bin/kafka-server-start.sh ${properties}`, /started on/)
  const [createInput = '', produce = '', consume = ''] = documentedSession().map(here)
  assert.deepEqual(shell(createInput), { status: 0, out: 'Created topic streams-plaintext-input.\n', error: '' })
  const createOutput = createInput.replace('streams-plaintext-input', 'streams-wordcount-output')
  assert.equal(shell(`${createOutput} --config cleanup.policy=compact`).status, 0)
  assert.match(
    shell(here('bin/streamwright topics --list --bootstrap-server localhost:9092')).out,
    /^streams-plaintext-input$/m,
  )

  const settings = join(folder, 'word-count.properties')
  writeFileSync(settings, `bootstrap.servers=localhost:${port}\nstate.dir=${folder}/state\n`)
  const demo = 'bin/kafka-run-class.sh org.apache.kafka.streams.examples.wordcount.WordCountDemo'
  const running = await background(context, `env STREAMWRIGHT_LOG=info ${demo} ${settings}`, /RUNNING/)
  assert.equal(shell(produce, 'all streams lead to kafka\nhello kafka streams\n').status, 0)
  // The older flag of the producer, and the older class of the consumer's formatter, with a word on what they are now.
  const older = shell(produce.replace('--bootstrap-server', '--broker-list'), 'join kafka summit\n')
  assert.deepEqual([older.status, older.error.includes('--bootstrap-server')], [0, true])
  const counts = 'all\t1 streams\t1 lead\t1 to\t1 kafka\t1 hello\t1 kafka\t2 streams\t2 join\t1 kafka\t3 summit\t1'
  const limited = `${consume} --max-messages 11 --timeout-ms 30000`
  assert.deepEqual(shell(limited).out.trim().split('\n').slice(-11), counts.split(' '))
  const formatted = shell(`${limited} --formatter kafka.tools.DefaultMessageFormatter`)
  assert.deepEqual(formatted.out.trim().split('\n').slice(-11), counts.split(' '))
  assert.match(formatted.error, /org\.apache\.kafka\.tools\.consumer\.DefaultMessageFormatter/)

  running.kill('SIGINT')
  await once(running, 'exit')
  const reset = shell(
    here(
      'bin/kafka-streams-application-reset.sh --application-id streams-wordcount --bootstrap-server localhost:9092',
    ) + ' --input-topics streams-plaintext-input --force',
  )
  assert.equal(reset.status, 0, reset.out + reset.error)
  assert.doesNotMatch(shell(here('bin/kafka-topics.sh --list --bootstrap-server localhost:9092')).out, /-repartition/)
})
