import type { BrokerPlace } from './broker-process.ts'

/** How one test of a foreign suite ended. `why` says what failed, or why the suite left it out. */
export type Outcome =
  | { readonly verdict: 'passed' }
  | { readonly verdict: 'failed'; readonly why: string }
  | { readonly verdict: 'skipped'; readonly why: string }

/** How each test of a file ended, by its name. */
export type Outcomes = ReadonlyMap<string, Outcome>

/** One test of a foreign suite, or a file of them: run in a process of its own, on a broker of the kind it needs. */
export interface SuiteTest {
  readonly name: string
  /** The name of one of the suite's `brokers`. */
  readonly broker: string
  /** What it prints is written to `logPath`. */
  run(broker: BrokerPlace, logPath: string): Promise<Outcome | Outcomes>
}

/** A foreign suite that was fetched and built. */
export interface PreparedSuite {
  /** What was fetched: `librdkafka 2.15.1, from @confluentinc/kafka-javascript 1.10.1`. */
  readonly version: string
  /** Kinds of brokers that tests ask for: what their `server.properties` has besides the defaults. */
  readonly brokers: Readonly<Record<string, BrokerKind>>
  readonly tests: readonly SuiteTest[]
}

/** What a broker of ours needs to be for some tests. */
export interface BrokerKind {
  readonly settings: Readonly<Record<string, string>>
  /** Tokens that anybody can make are believed, as Kafka does where it is not told of keys, and ours never by settings. */
  readonly believesUnsecuredTokens?: boolean
  /** Called once it answers: makes users and rules. */
  readonly prepare?: (broker: BrokerPlace) => Promise<void>
}

/** A test suite of somebody else, written against Kafka. */
export interface Suite {
  readonly about: string
  /** The options it takes besides the filters, `--name=value`, with a sentence each. */
  readonly options?: Readonly<Record<string, string>>
  /** Its ports are written down in it: it and its brokers run in a network of their own. */
  readonly hasFixedPorts?: boolean
  /** Fetches, builds, and lists the tests. Throws what keeps it from that, in words that name the remedy. */
  prepare(options: ReadonlyMap<string, string>): Promise<PreparedSuite>
}
