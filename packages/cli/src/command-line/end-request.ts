import type { Environment } from '@streamwright/std'

/** The status that a shell expects of a program that was ended by a signal. */
const exitStatusOf = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
type EndSignal = keyof typeof exitStatusOf

/** Signals this close together are one wish: where `sh` is bash, npm passes on the Ctrl-C that the terminal has sent too. */
const sameWishMs = 500

/** How often to look whether the npm that runs this program is gone. */
const parentCheckMs = 200

/** What a running program offers to those who want it to end. A part of `process`, so that a test can stand in. */
export interface SignalledProcess {
  readonly pid: number
  readonly ppid: number
  on(signal: EndSignal, listener: () => void): unknown
  removeAllListeners(signal: EndSignal): unknown
  kill(pid: number, signal: EndSignal): unknown
}

/** The wish that this program ends: Ctrl-C, a SIGTERM, a terminal that was closed, an npm that was killed. */
export class EndRequest {
  readonly #process: SignalledProcess
  readonly #environment: Environment
  readonly #controller = new AbortController()
  #signal: EndSignal | undefined
  #askedMs = 0

  constructor(process: SignalledProcess, environment: Environment) {
    this.#process = process
    this.#environment = environment
    this.#listen('SIGINT')
    this.#listen('SIGTERM')
  }

  /** Aborted when somebody asks. A second wish, later than an echo of the first, ends the program at once. */
  get asked(): AbortSignal {
    return this.#controller.signal
  }

  /** The exit status for a program that was not meant to end this way; undefined when nobody asked. */
  get exitStatus(): number | undefined {
    return this.#signal === undefined ? undefined : exitStatusOf[this.#signal]
  }

  /** Ends in order with the terminal window. Not for what `nohup` may have started: it would no longer be ignored. */
  endWithTerminal(): void {
    this.#listen('SIGHUP')
  }

  /** Ends with the process that started this one: npm ends its shell with a signal, but the shell does not pass it on. */
  endWithParent(): void {
    const { ppid } = this.#process
    const watch = this.#environment.timers.every(
      parentCheckMs,
      () => {
        if (this.#process.ppid === ppid) return
        watch.cancel()
        this.#ask('SIGTERM')
      },
      { background: true },
    )
  }

  /** By the signal itself: `process.exit` waits for what is under way at a disk, and that may be what hangs. */
  #endNow(signal: EndSignal): void {
    this.#process.removeAllListeners(signal)
    this.#process.kill(this.#process.pid, signal)
  }

  #listen(signal: EndSignal): void {
    this.#process.on(signal, () => this.#ask(signal))
  }

  #ask(signal: EndSignal): void {
    const nowMs = this.#environment.clock.monotonicMs()
    if (this.#signal === undefined) {
      this.#signal = signal
      this.#askedMs = nowMs
      this.#controller.abort()
    } else if (nowMs - this.#askedMs > sameWishMs) {
      this.#endNow(signal)
    }
  }
}
