import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly error: string
}

async function start(
  argv: readonly string[],
  input: string | undefined,
  onOutput?: (out: string, interrupt: () => void) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, 'start', ...argv], { stdio: ['pipe', 'pipe', 'pipe'] })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    onOutput?.(out, () => void child.kill('SIGINT'))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text
  })
  if (input === undefined) child.stdin.write('hello\n')
  else child.stdin.end(input)
  const [status] = await once(child, 'exit')
  return { status: typeof status === 'number' ? status : null, out, error }
}

describe('npm start', () => {
  test('counts what is piped in, ends by itself, and goes on counting the next time', async () => {
    const data = mkdtempSync(join(tmpdir(), 'streamwright-start-'))
    try {
      const first = await start(
        ['--port', '0', '--data', data],
        'all streams lead to kafka\nhello kafka streams\njoin kafka summit\n',
      )
      assert.deepEqual(
        [first.status, first.out.trim().split('\n')],
        [
          0,
          [
            'all\t1',
            'streams\t1',
            'lead\t1',
            'to\t1',
            'kafka\t1',
            'hello\t1',
            'kafka\t2',
            'streams\t2',
            'join\t1',
            'kafka\t3',
            'summit\t1',
          ],
        ],
      )
      assert.match(first.error, /Streamwright runs\./)
      const second = await start(['--port', '0', '--data', data], 'hello kafka\n')
      assert.deepEqual([second.status, second.out], [0, 'hello\t2\nkafka\t4\n'])
      const none = await start(['--port', '0', '--data', data], '')
      assert.deepEqual([none.status, none.out], [0, ''])
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  })

  test('Ctrl-C ends it in order', async () => {
    const data = mkdtempSync(join(tmpdir(), 'streamwright-start-'))
    try {
      const ended = await start(['--port', '0', '--data', data], undefined, (out, interrupt) => {
        if (out.includes('hello\t1')) interrupt()
      })
      assert.deepEqual([ended.status, ended.out], [0, 'hello\t1\n'])
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  })

  test('a port that is taken is named, with the way out', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const data = mkdtempSync(join(tmpdir(), 'streamwright-start-'))
    try {
      const ended = await start(['--port', String(port), '--data', data], '')
      assert.equal(ended.status, 1)
      assert.match(ended.error, new RegExp(`listens on 127\\.0\\.0\\.1:${port}\\. .*npm start -- --port 0`))
    } finally {
      other.close()
      rmSync(data, { recursive: true, force: true })
    }
  })
})
