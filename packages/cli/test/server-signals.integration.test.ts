import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { ConversingProcess } from './support/conversing-process.ts'

const main = join(import.meta.dirname, '../src/main.ts')

interface Cleanup {
  after(action: () => void | Promise<void>): void
}

/** kafka-server-start in a process of its own, and the folder that it keeps its data in. */
async function startServer(context: Cleanup) {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-signals-'))
  const data = join(folder, 'data')
  const config = join(folder, 'server.properties')
  writeFileSync(config, `listeners=PLAINTEXT://127.0.0.1:0\nlog.dirs=${data}\n`)
  const server = new ConversingProcess(process.execPath, [main, 'broker', config])
  context.after(async () => {
    server.kill('SIGKILL')
    await server.ended()
    rmSync(folder, { recursive: true })
  })
  await server.says(/started on .*:\d+\n/)
  const marker = join(data, '.kafka_cleanshutdown')
  assert.equal(existsSync(marker), false, 'a broker that runs has not shut down')
  return { server, data, marker }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends kafka-server-start in order, and the next start trusts the files`, async (context) => {
    const { server, marker } = await startServer(context)
    server.kill(signal)
    const { status, out, error } = await server.ended()
    assert.deepEqual([status, error], [0, ''])
    assert.match(out, /Broker stopped\.\n$/)
    assert.deepEqual(JSON.parse(readFileSync(marker, 'utf8')), { version: 0, brokerEpoch: 0 })
  })
}

test('a second SIGTERM, later than an echo of the first, ends it at once', async (context) => {
  const { server, data, marker } = await startServer(context)
  // A disk that does not come to an end: nobody reads what is written here, so that it cannot even be opened.
  execFileSync('mkfifo', [join(data, 'recovery-point-offset-checkpoint.tmp')])
  server.kill('SIGTERM')
  const again = setInterval(() => server.kill('SIGTERM'), 50)
  context.after(() => clearInterval(again))
  const { status, out } = await server.ended()
  clearInterval(again)
  assert.equal(status, null, 'ended by the signal itself')
  assert.doesNotMatch(out, /Broker stopped/)
  assert.equal(existsSync(marker), false, 'the next start recovers')
})
