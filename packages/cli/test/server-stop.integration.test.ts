import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { serverStopTool } from '../src/broker/server-stop-tool.ts'
import { runCli } from './run-cli.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

test('kafka-server-stop ends the broker of a server.properties in order, and says so when there is none', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-stop-'))
  const properties = join(folder, 'server.properties')
  writeFileSync(properties, `listeners=PLAINTEXT://127.0.0.1:0\nlog.dirs=${join(folder, 'data')}\nnode.id=7\n`)
  const broker = spawn(process.execPath, [main, 'server-start', properties], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(broker, 'exit')
  context.after(async () => {
    broker.kill('SIGKILL')
    await exited
    rmSync(folder, { recursive: true })
  })
  let output = ''
  broker.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await once(broker.stdout, 'data')
  assert.match(output, /started on/)

  const none = { status: 1, out: '', error: 'No kafka server to stop\n' }
  assert.deepEqual(await runCli(serverStopTool, ['--node-id', '8', properties]), none)
  assert.deepEqual(await runCli(serverStopTool, ['--node-id', '7', properties]), { status: 0, out: '', error: '' })
  assert.deepEqual(await exited, [0, null])
  assert.match(output, /Broker stopped/)
  assert.deepEqual(await runCli(serverStopTool, [properties]), none)
})
