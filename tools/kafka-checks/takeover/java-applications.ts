import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { KafkaInstallation } from '../../apache-kafka/installation.ts'

/** `Takeover.java`: applications in one Java program, started and stopped by lines of its input. */
export class JavaApplications {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #expected = new Map<string, () => void>()
  readonly #onFailure: (error: Error) => void

  constructor(kafka: KafkaInstallation, classes: string, onFailure: (error: Error) => void) {
    this.#onFailure = onFailure
    this.#child = spawn('java', kafka.javaArguments('Takeover', { classes, heap: '1g', shortLived: true }), {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createInterface(this.#child.stdout).on('line', (line) => this.#hear(line))
  }

  /** Resolves when the application runs. */
  start(id: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const texts = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
    return this.#ask(['start', id, ...texts].join(' '), `RUNNING ${id}`)
  }

  /** Resolves when the application has committed and left its group. */
  stop(id: string): Promise<void> {
    return this.#ask(`stop ${id}`, `STOPPED ${id}`)
  }

  /** Ends the program; what still runs ends with it. */
  async close(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }

  #ask(command: string, answer: string): Promise<void> {
    return new Promise((resolve) => {
      this.#expected.set(answer, resolve)
      this.#child.stdin.write(`${command}\n`)
    })
  }

  #hear(line: string): void {
    this.#expected.get(line)?.()
    this.#expected.delete(line)
    if (line.startsWith('FAILED')) this.#onFailure(new Error(`${line}: see above what Java printed`))
  }
}
