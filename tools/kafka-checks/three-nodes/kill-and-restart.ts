import { setTimeout as sleep } from 'node:timers/promises'
import type { KafkaCluster } from '../../apache-kafka/cluster.ts'

const catchUpMs = 5_000

/** Kills the nodes of a cluster by turns, and starts each again at once: the next is killed `everyMs` after the last. */
export class KillAndRestart {
  kills = 0
  readonly #abort = new AbortController()
  readonly #done: Promise<void>

  constructor(cluster: KafkaCluster, everyMs: number, print: (line: string) => void) {
    this.#done = this.#run(cluster, everyMs, print)
  }

  /** Resolves when the node that was killed last answers again. */
  async end(): Promise<void> {
    this.#abort.abort()
    await this.#done
  }

  async #run({ nodes }: KafkaCluster, everyMs: number, print: (line: string) => void): Promise<void> {
    const { signal } = this.#abort
    let nextMs = performance.now() + everyMs
    for (let turn = 0; ; turn++) {
      await sleep(Math.max(0, nextMs - performance.now()), undefined, { signal }).catch(() => undefined)
      const node = nodes[turn % nodes.length]
      if (signal.aborted || node === undefined) return
      const startMs = performance.now()
      nextMs = startMs + everyMs
      await node.kill()
      this.kills += 1
      await node.start()
      // Its replicas have to catch up, or the next kill would leave topics without enough of them.
      nextMs = Math.max(nextMs, performance.now() + catchUpMs)
      print(
        `killed and restarted node ${(turn % nodes.length) + 1}: ${Math.round(performance.now() - startMs)} ms away`,
      )
    }
  }
}
