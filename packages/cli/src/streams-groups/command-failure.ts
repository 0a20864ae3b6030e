import { asError } from '@streamwright/std'
import { javaError } from '../command-line/java-error.ts'

/**
 * What Kafka's tool says of a failed call depends on how many of Java's exceptions it is wrapped in when the tool ends:
 * none (`bare`), that of a future (`future`), or one around that (`wrapped`).
 */
type Wrapping = 'bare' | 'future' | 'wrapped'

/** A call of the admin client that failed, in the words of Kafka's tool. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  /** With the names of Java's classes, for standard error. */
  readonly text: string

  constructor(error: unknown, call: string, wrapping: Wrapping) {
    const { message, text } = javaError(error, call)
    super(
      wrapping === 'bare' ? message : wrapping === 'future' ? text : `java.util.concurrent.ExecutionException: ${text}`,
      {
        cause: error,
      },
    )
    this.text = wrapping === 'bare' ? text : `java.util.concurrent.ExecutionException: ${text}`
  }

  /** Whatever else failed: by itself. */
  static of(error: unknown): CommandFailure {
    return error instanceof CommandFailure ? error : new CommandFailure(asError(error), 'listNodes', 'bare')
  }
}

/** Waits for a call of the admin client; rejects with {@link CommandFailure}. `call`: as Java's client calls it. */
export async function called<T>(call: string, wrapping: Wrapping, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new CommandFailure(error, call, wrapping)
  }
}
