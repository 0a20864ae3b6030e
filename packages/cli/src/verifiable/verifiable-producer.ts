import { Producer } from '@streamwright/client'
import { deferred, delay } from '@streamwright/std'
import { produceError } from '../command-line/produce-error.ts'
import { optionTool } from '../command-line/option-tool.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { javaDouble } from '../console/java-numbers.ts'
import { printEvent, RawNumber } from './event.ts'
import { configOfFile } from './config-of-file.ts'

/** After so many records others have their turn: acknowledgements have to come in. */
const recordsPerTurn = 256

/** `kafka-verifiable-producer`: writes 0, 1, 2, … and says of each whether it was acknowledged. */
export const verifiableProducer: Tool = optionTool({
  name: 'kafka-verifiable-producer',
  program: 'verifiable-producer',
  about: 'This tool produces increasing integers to a topic, and prints a line of JSON for what became of each.',
  options: [
    { flags: ['--topic'], about: 'The topic to write to.', isRequired: true },
    { flags: ['--max-messages'], about: 'How many records; -1 (default): until it is stopped.', type: 'integer' },
    { flags: ['--throughput'], about: 'About so many records a second; -1 (default): any.', type: 'integer' },
    {
      flags: ['--acks'],
      about: 'Who must have a record: 0, 1, -1 (default: all).',
      type: 'integer',
      choices: ['0', '1', '-1'],
    },
    { flags: ['--producer.config'], about: 'The old name of --command-config.' },
    { flags: ['--message-create-time'], about: 'Timestamps begin here, in ms since 1970.', type: 'long' },
    { flags: ['--value-prefix'], about: 'A number and a dot before each value.', type: 'integer' },
    { flags: ['--repeating-keys'], about: 'Keys from 0 to below this, over and over.', type: 'integer' },
    { flags: ['--command-config'], about: 'A file of producer settings, which count more than the options.' },
    { flags: ['--bootstrap-server'], about: 'Brokers to connect to, as host:port, separated by commas.' },
  ],
  exclusive: [{ flags: ['--bootstrap-server'], isRequired: true }],
  async run(options, terminal) {
    const producer = new Producer(
      {
        bootstrapServers: options.required('bootstrap-server'),
        acks: String(options.integer('acks') ?? -1) as '-1' | '0' | '1',
        retries: 0,
        ...configOfFile(options, terminal, 'producer.config'),
      },
      terminal.environment,
    )
    return new NumberWriter(producer, options, terminal).run()
  },
})

class NumberWriter {
  readonly #producer: Producer
  readonly #terminal: Terminal
  readonly #topic: string
  readonly #maxMessages: number
  readonly #throughput: number
  readonly #prefix: string
  readonly #repeatingKeys: number | undefined
  readonly #startMs: number
  #createTimeMs: number | undefined
  #nextKey = 0
  #sent = 0
  #acked = 0

  constructor(producer: Producer, options: ParsedOptions, terminal: Terminal) {
    const maxMessages = options.integer('max-messages') ?? -1
    const prefix = options.integer('value-prefix')
    const createTimeMs = options.integer('message-create-time') ?? -1
    this.#producer = producer
    this.#terminal = terminal
    this.#topic = options.required('topic')
    this.#maxMessages = maxMessages < 0 ? Number.POSITIVE_INFINITY : maxMessages
    this.#throughput = options.integer('throughput') ?? -1
    this.#prefix = prefix === undefined ? '' : `${prefix}.`
    this.#repeatingKeys = options.integer('repeating-keys')
    this.#createTimeMs = createTimeMs === -1 ? undefined : createTimeMs
    this.#startMs = terminal.environment.clock.wallMs()
  }

  async run(): Promise<number> {
    const { interrupted, environment } = this.#terminal
    const stopped = deferred()
    const stop = (): void => stopped.resolve()
    interrupted.addEventListener('abort', stop, { once: true })
    printEvent(this.#terminal, 'startup_complete')
    for (let index = 0; index < this.#maxMessages && !interrupted.aborted; index++) {
      this.#send(`${this.#prefix}${index}`)
      if (this.#producer.isFull) await Promise.race([this.#producer.drained(), stopped.promise])
      if (this.#throughput >= 0) await this.#throttle(index, stopped.promise)
      else if (index % recordsPerTurn === recordsPerTurn - 1) {
        const turn = deferred()
        environment.timers.afterIo(() => turn.resolve())
        await turn.promise
      }
    }
    interrupted.removeEventListener('abort', stop)
    await this.#producer.close()
    printEvent(this.#terminal, 'shutdown_complete')
    const seconds = (environment.clock.wallMs() - this.#startMs) / 1000
    printEvent(this.#terminal, 'tool_data', {
      sent: this.#sent,
      acked: this.#acked,
      target_throughput: this.#throughput,
      avg_throughput: new RawNumber(javaDouble(this.#acked / seconds)),
    })
    return 0
  }

  #send(value: string): void {
    const { clock } = this.#terminal.environment
    const key = this.#key()
    const timestamp = this.#createTimeMs ?? clock.wallMs()
    // Java's tool adds all the time since its start each time, so these run ahead of the clock.
    if (this.#createTimeMs !== undefined) this.#createTimeMs += clock.wallMs() - this.#startMs
    this.#sent += 1
    this.#producer.append(
      this.#topic,
      undefined,
      timestamp,
      key,
      value,
      undefined,
      (error, partition, baseOffset, indexInBatch) => {
        if (error !== null) return this.#failed(key, value, error)
        this.#acked += 1
        const offset = baseOffset < 0 ? -1 : baseOffset + indexInBatch
        printEvent(this.#terminal, 'producer_send_success', { key, value, offset, topic: this.#topic, partition })
      },
    )
  }

  #key(): string | null {
    if (this.#repeatingKeys === undefined) return null
    const key = this.#nextKey++
    if (this.#nextKey === this.#repeatingKeys) this.#nextKey = 0
    return String(key)
  }

  #failed(key: string | null, value: string, error: Error): void {
    const { exception, message } = produceError(error, this.#topic, this.#producer.settings.maxBlockMs)
    printEvent(this.#terminal, 'producer_send_error', {
      topic: this.#topic,
      key,
      value,
      exception: `class ${exception}`,
      message,
    })
  }

  /** Waits until the next record is due; for ever if none ever is. */
  async #throttle(index: number, stopped: Promise<void>): Promise<void> {
    if (this.#throughput === 0) return stopped
    const { clock, timers } = this.#terminal.environment
    const waitMs = this.#startMs + ((index + 1) * 1000) / this.#throughput - clock.wallMs()
    if (waitMs <= 0) return
    await delay(timers, waitMs, this.#terminal.interrupted).catch(() => undefined)
  }
}
