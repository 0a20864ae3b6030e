import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { systemClock } from '@streamwright/std'
import { ConversingProcess } from './support/conversing-process.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Python's standard library has what Node lacks: it gives a program a terminal, and its input is the keyboard. */
const atTerminal = ['-c', 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))']
const hasPython = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status === 0
const noTerminal = hasPython ? false : 'no python3, which gives a program a terminal'

const endMs = 1_000
const controlC = '\u0003'
const controlD = '\u0004'

function folder(context: TestContext): string {
  const data = mkdtempSync(join(tmpdir(), 'streamwright-start-'))
  context.after(() => rmSync(data, { recursive: true, force: true }))
  return data
}

const argv = (data: string, port = '0'): string[] => [main, 'start', '--port', port, '--data', data]

function start(data: string, settings: Readonly<Record<string, string>> = {}): ConversingProcess {
  return new ConversingProcess(process.execPath, argv(data), settings)
}

/** With a line typed to begin with, so that the application has worked. */
async function started(data: string, settings: Readonly<Record<string, string>> = {}): Promise<ConversingProcess> {
  const running = start(data, { STREAMWRIGHT_LOG: 'info', ...settings })
  running.type('hello\n')
  await running.says(/^hello\t\d+$/m)
  return running
}

describe('npm start', { concurrency: 3 }, () => {
  test('counts what is piped in, ends by itself, and goes on counting the next time', async (context) => {
    const data = folder(context)
    const first = await start(data).ended('all streams lead to kafka\nhello kafka streams\njoin kafka summit\n')
    const updates = 'all\t1 streams\t1 lead\t1 to\t1 kafka\t1 hello\t1 kafka\t2 streams\t2 join\t1 kafka\t3 summit\t1'
    assert.deepEqual([first.status, first.out.trim().split('\n')], [0, updates.split(' ')])
    assert.match(first.error, /Streamwright runs\./)
    const second = await start(data).ended('hello kafka\n')
    assert.deepEqual([second.status, second.out], [0, 'hello\t2\nkafka\t4\n'])
    const none = await start(data).ended('')
    assert.deepEqual([none.status, none.out], [0, ''])
  })

  test(
    'counts line by line at a terminal, and Ctrl-C ends it within a second',
    { skip: noTerminal },
    async (context) => {
      const data = folder(context)
      const terminal = (): ConversingProcess =>
        new ConversingProcess('python3', [...atTerminal, process.execPath, ...argv(data)])
      const first = terminal()
      await first.says(/Ctrl-C ends[^]*plaintext-input\r\n\r\n/)
      const introduction = first.out.length
      for (const [line, update] of [
        ['hello kafka', 'hello\t1\r\nkafka\t1\r\n'],
        ['kafka', 'kafka\t2\r\n'],
      ] as const) {
        first.type(`${line}\n`)
        // Each line is answered before the next is typed. The terminal shows what is typed, too.
        await first.says(new RegExp(`${line}\r\n${update}$`))
      }
      assert.equal(first.out.slice(introduction), 'hello kafka\r\nhello\t1\r\nkafka\t1\r\nkafka\r\nkafka\t2\r\n')
      const pressedMs = systemClock.monotonicMs()
      first.type(controlC)
      assert.equal((await first.ended()).status, 0)
      assert.ok(systemClock.monotonicMs() - pressedMs < endMs)

      const second = terminal()
      await second.says(/Ctrl-C ends/)
      second.type('kafka\n')
      await second.says(/^kafka\t3\r\n/m)
      second.type(controlD)
      assert.equal((await second.ended()).status, 0)
    },
  )

  test('Ctrl-C ends it in order, even when npm repeats it', async (context) => {
    const running = await started(folder(context))
    running.kill('SIGINT')
    await running.saysBeside(/to PENDING_SHUTDOWN/)
    running.kill('SIGINT')
    const ended = await running.ended()
    assert.deepEqual([ended.status, ended.out], [0, 'hello\t1\n'])
    assert.match(ended.error, /to NOT_RUNNING/)
  })

  test(
    'what the shell of npm started ends with that shell',
    { skip: process.platform === 'win32' },
    async (context) => {
      const data = folder(context)
      // The shell has more to do, so it stays between npm and the program, and a signal to it goes no further.
      const script = `"${process.execPath}" ${argv(data).join(' ')}; :`
      const settings = { STREAMWRIGHT_LOG: 'info', npm_lifecycle_event: 'start' }
      const shell = new ConversingProcess('sh', ['-c', script], settings)
      shell.type('hello\n')
      await shell.says(/^hello\t1$/m)
      shell.kill('SIGTERM')
      assert.match((await shell.ended()).error, /to NOT_RUNNING/)
      const next = await start(data).ended('hello\n')
      assert.equal(next.out, 'hello\t2\n')
    },
  )

  test('after a kill it goes on soon, and has forgotten nothing', async (context) => {
    const data = folder(context)
    const running = await started(data)
    running.kill('SIGKILL')
    await running.ended()
    const startedMs = systemClock.monotonicMs()
    const next = await start(data).ended('hello\n')
    // The member that was killed is missed after its session, which is short here: Kafka's would be 45 s.
    assert.ok(systemClock.monotonicMs() - startedMs < 10_000)
    assert.ok(Number(/^hello\t(\d+)\n$/m.exec(next.out)?.[1]) >= 2, next.out)
  })

  test('a port that is taken is named, with the way out', async (context) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const ended = await new ConversingProcess(process.execPath, argv(folder(context), String(port))).ended('')
    other.close()
    assert.equal(ended.status, 1)
    assert.match(ended.error, new RegExp(`listens on 127\\.0\\.0\\.1:${port}\\. .*npm start -- --port 0`))
    assert.equal(ended.error.trim().split('\n').length, 1)
  })
})
