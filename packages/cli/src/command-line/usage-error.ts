import { StreamwrightError } from '@streamwright/std'

/** The command line itself is wrong: the message goes to standard error, followed by the options. Exit status 1. */
export class UsageError extends StreamwrightError {
  override readonly name: string = 'UsageError'
  constructor(message: string) {
    super(message, { code: 'USAGE' })
  }
}

/** An argument is wrong. Kafka's tools show no options then: the message stands alone. Exit status 1. */
export class ArgumentError extends StreamwrightError {
  override readonly name: string = 'ArgumentError'
  constructor(message: string) {
    super(message, { code: 'ARGUMENT' })
  }
}
