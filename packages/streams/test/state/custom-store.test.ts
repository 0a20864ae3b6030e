import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CustomStore, EngineWrite, Processor, RestoredRecord, StoreContext } from '../../src/index.ts'
import { Record, Stores, StreamsBuilder, serdes } from '../../src/index.ts'
import { openStore } from '../../src/state/open-store.ts'
import { TopologyTestDriver } from '../../src/testing/index.ts'
import { engineKinds } from './engine-kinds.ts'
import { Host } from './store-host.ts'

/** The highest score of each player, and who is first: what no store of ours can tell without a scan. */
class Scores implements CustomStore {
  readonly name: string
  readonly persistent = true
  isOpen = true
  readonly #context: StoreContext
  readonly #scores = new Map<string, number>()
  readonly #changed = new Set<string>()

  constructor(context: StoreContext) {
    this.name = context.name
    this.#context = context
    this.#load()
  }

  get first(): string | undefined {
    return [...this.#scores].toSorted(([, left], [, right]) => right - left)[0]?.[0]
  }

  add(player: string, score: number): void {
    if (score <= (this.#scores.get(player) ?? -1)) return
    this.#scores.set(player, score)
    this.#changed.add(player)
  }

  flush(): void {
    for (const player of this.#changed) this.#context.log(player, String(this.#scores.get(player)))
  }

  restore({ key, value }: RestoredRecord): void {
    if (value !== null) this.add(key.toString(), Number(value.toString()))
  }

  takeWrites(): EngineWrite[] {
    const writes = [...this.#changed].map((player) => ({
      key: Buffer.from(player),
      value: Buffer.from(String(this.#scores.get(player))),
    }))
    this.#changed.clear()
    return writes
  }

  discard(): void {
    this.#changed.clear()
    this.#load()
  }

  close(): void {
    this.isOpen = false
  }

  #load(): void {
    this.#scores.clear()
    for (const { key, value } of this.#context.committed.range(undefined, undefined, false)) {
      this.#scores.set(key.toString(), Number(value.toString()))
    }
  }
}

const definition = Stores.customStoreBuilder({
  name: 'scores',
  create: (context) => new Scores(context),
  engine: 'persistent',
})

describe('store of the user', () => {
  test('is reached by processors under its own type, logs at commits, and has a compacted changelog', () => {
    const builder = new StreamsBuilder({ key: serdes.string, value: serdes.long })
    builder.addStateStore(definition)
    builder
      .stream('games')
      .process(
        (): Processor<string, number, string, string> => {
          let scores: Scores
          let forward: (first: string) => void
          return {
            init(context) {
              scores = context.getStateStore<Scores>('scores')
              forward = (first) => context.forward(new Record('first', first, context.currentStreamTimeMs))
            },
            process({ key, value }) {
              scores.add(key, value)
              forward(scores.first ?? 'nobody')
            },
          }
        },
        { stores: ['scores'] },
      )
      .to('first', { key: serdes.string, value: serdes.string })
    const topology = builder.build()
    const [subtopology] = topology.define({ applicationId: 'test' }).subtopologies
    assert.equal(subtopology?.changelogTopics.get('scores')?.config['cleanup.policy'], 'compact')
    using driver = new TopologyTestDriver(topology)
    const games = driver.createInputTopic('games', { key: serdes.string, value: serdes.long })
    games.pipeKeyValue('ann', 3, 1)
    games.pipeKeyValue('bob', 5, 2)
    games.pipeKeyValue('ann', 4, 3)
    const output = driver.createOutputTopic('first', { key: serdes.string, value: serdes.string })
    assert.deepEqual(output.readKeyValues(), [
      ['first', 'ann'],
      ['first', 'bob'],
      ['first', 'bob'],
    ])
    assert.equal(driver.getStateStore<Scores>('scores').first, 'bob')
    const logged = driver.createOutputTopic('test-scores-changelog', { key: serdes.string, value: serdes.string })
    assert.deepEqual(logged.readKeyValues(), [
      ['ann', '3'],
      ['bob', '5'],
      ['ann', '4'],
    ])
  })

  for (const { kind } of engineKinds) {
    test(`is committed, discarded and restored as others are, on ${kind.name}`, () => {
      const place = kind.place()
      const space = place.open()
      try {
        const host = new Host(0, space)
        const store = openStore(definition, host)
        const scores = store.exposed as Scores
        scores.add('ann', 1)
        host.commit(store)
        scores.add('bob', 2)
        store.discard()
        assert.equal(scores.first, 'ann')
        const reopened = openStore(definition, host)
        assert.equal((reopened.exposed as Scores).first, 'ann')
        const writes =
          reopened.restoreWrites?.([{ key: Buffer.from('eve'), value: Buffer.from('9'), timestamp: 1 }]) ?? []
        space.commit(new Map([['scores', writes]]), new Map())
        assert.equal((openStore(definition, host).exposed as Scores).first, 'eve')
      } finally {
        space.close()
        place.remove()
      }
    })
  }
})
