import assert from 'node:assert/strict'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { committedValues } from '../topic-values.ts'

const patienceMs = 60_000

/** A file of numbered lines that grows. */
export class NumberedLines {
  readonly path: string
  readonly lines: string[] = []

  constructor(path: string) {
    this.path = path
    appendFileSync(path, '')
  }

  append(count: number): void {
    const more = Array.from({ length: count }, (_none, index) => `line ${this.lines.length + index}`)
    this.lines.push(...more)
    appendFileSync(this.path, more.map((line) => `${line}\n`).join(''))
  }

  /** How many bytes the first lines have. */
  bytesOf(count: number): number {
    return this.lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0)
  }
}

/** Until the topic of one partition has exactly these lines. */
export async function topicHas(bootstrapServers: string, topic: string, lines: readonly string[]): Promise<void> {
  await has(`topic ${topic}`, lines, async () => (await committedValues(bootstrapServers, topic, 1))[0] ?? [])
}

/** Until the file has exactly these lines. */
export async function fileHas(path: string, lines: readonly string[]): Promise<void> {
  await has(path, lines, () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []))
}

async function has(
  what: string,
  lines: readonly string[],
  read: () => readonly string[] | Promise<readonly string[]>,
): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await read()
    if (found.length >= lines.length || performance.now() > deadline) {
      const seen = new Set(found)
      const missing = lines.filter((line) => !seen.has(line))
      assert.equal(
        found.length,
        lines.length,
        `lines of ${what}; missing are ${missing.length}: ${missing.slice(0, 3).join()} to ${missing.at(-1)}`,
      )
      assert.deepEqual(found, lines, what)
      return
    }
    await sleep(50)
  }
}
