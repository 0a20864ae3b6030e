import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { describe, test } from 'node:test'
import { startBroker } from '@streamwright/broker'
import type { Broker } from '@streamwright/broker'
import { delay, seededRandom, systemTimers } from '@streamwright/std'
import { KilledStorage } from '../../../broker/test/support/killed-storage.ts'
import { MemoryStorage } from '../../../broker/src/log/memory-storage.ts'
import { hideTransactionVersion } from '../support/classic-transactions.ts'
import { quietEnvironment } from '../support/test-broker.ts'
import { TransactionHistory } from '../support/transaction-history.ts'

const brokerProgram = join(import.meta.dirname, '../../../broker/test/support/broker-process.ts')

/**
 * A broker in this process that dies at a change of its disk, again and again: in that moment all connections are cut,
 * so that nobody hears of what it does after. Another one goes on with what was on the disk.
 */
class CrashingBroker {
  readonly #random: ReturnType<typeof seededRandom>
  readonly #isClassic: boolean
  #storage: KilledStorage
  #broker: Broker | undefined
  readonly #streams = new Set<Duplex>()
  #restarting: Promise<void> = Promise.resolve()
  crashes = 0

  /** `isClassic`: it keeps KIP-890 to itself. */
  constructor(seed: number, isClassic: boolean) {
    this.#isClassic = isClassic
    this.#random = seededRandom(seed)
    this.#storage = this.#nextStorage(new MemoryStorage(), 500)
  }

  start(): Promise<void> {
    this.#restarting = this.#start()
    return this.#restarting
  }

  async #start(): Promise<void> {
    const storage = this.#storage
    const broker = await startBroker({
      listen: false,
      storage,
      dataDirectory: '/data',
      environment: quietEnvironment,
    })
    if (this.#isClassic) {
      await hideTransactionVersion(broker, { bootstrapServers: 'in-process:9092', connect: () => broker.connect() })
    }
    // It may have died while it started.
    if (storage.isKilled) await broker.close().catch(() => undefined)
    else this.#broker = broker
  }

  /** Mostly in the middle of work; now and then just after the start, in the middle of recovery. */
  #nextStorage(disk: MemoryStorage, changesMin: number): KilledStorage {
    const storage = new KilledStorage(disk, changesMin + this.#random.below(this.#random.below(4) === 0 ? 30 : 400))
    storage.onKill = () => this.#crash()
    return storage
  }

  #crash(): void {
    this.crashes += 1
    const broker = this.#broker
    this.#broker = undefined
    for (const stream of this.#streams) stream.destroy()
    this.#streams.clear()
    const { survivor } = this.#storage
    this.#storage = this.#nextStorage(survivor, 0)
    const old = this.#restarting
    this.#restarting = (async (): Promise<void> => {
      await old.catch(() => undefined)
      await broker?.close().catch(() => undefined)
      await this.#start()
    })()
    this.#restarting.catch(() => undefined)
  }

  connect(): Duplex {
    const stream = this.#broker?.connect() ?? refused()
    this.#streams.add(stream)
    return stream
  }

  /** Dies no more. */
  async settle(): Promise<void> {
    this.#storage.killAfter(Infinity)
    await this.#restarting
  }

  async close(): Promise<void> {
    await this.settle()
    await this.#broker?.close()
  }
}

function refused(): Duplex {
  const stream = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() })
  stream.destroy(new Error('The broker is down'))
  return stream
}

describe('the history of concurrent transactions', { timeout: 240_000 }, () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const isClassic = seed > 3
    const protocol = isClassic ? ', by the classic protocol' : ''
    test(`holds with a broker that dies at changes of its disk (seed ${seed}${protocol})`, async () => {
      const broker = new CrashingBroker(seed, isClassic)
      await broker.start()
      const client = {
        bootstrapServers: 'in-process:9092',
        connect: () => broker.connect(),
        retryBackoffMs: 5,
        retryBackoffMaxMs: 20,
        reconnectBackoffMs: 5,
        reconnectBackoffMaxMs: 20,
      }
      const history = new TransactionHistory({ client, seed, writers: 3, transactionsPerWriter: 60 })
      await history.run()
      await broker.close()
      assert.ok(broker.crashes >= 2, `${broker.crashes} crashes`)
      assert.ok(history.count('committed') > 50)
    })
  }

  test('holds with a broker process that is killed and started anew', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'streamwright-history-'))
    context.after(() => rmSync(folder, { recursive: true, force: true }))
    const start = async (port: number): Promise<{ child: ChildProcess; port: number }> => {
      const child = spawn(process.execPath, [brokerProgram, folder, String(port)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      context.after(() => void child.kill('SIGKILL'))
      const [said] = child.stdout === null ? [''] : await once(child.stdout, 'data')
      return { child, port: Number(String(said)) }
    }
    let running = await start(0)
    const { port } = running
    const client = { bootstrapServers: `127.0.0.1:${port}`, retryBackoffMs: 10, reconnectBackoffMs: 10 }
    const history = new TransactionHistory({ client, seed: 7, writers: 3, transactionsPerWriter: 40 })
    const random = seededRandom(7)
    let isOver = false
    let kills = 0
    const killing = (async (): Promise<void> => {
      for (;;) {
        await delay(systemTimers, 150 + random.below(400))
        if (isOver) return
        const exited = once(running.child, 'exit')
        running.child.kill('SIGKILL')
        await exited
        kills += 1
        running = await start(port)
      }
    })()
    try {
      await history.run()
    } finally {
      isOver = true
      await killing
    }
    running.child.kill('SIGKILL')
    assert.ok(kills > 0)
    assert.ok(history.count('committed') > 40)
  })
})
