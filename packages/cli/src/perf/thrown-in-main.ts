import { ArgumentError } from '../command-line/usage-error.ts'

/** What ends a tool of Kafka's with an exception that nobody catches: the JVM names its class. Exit status 1. */
export function thrownInMain(className: string, message: string): ArgumentError {
  return new ArgumentError(`Exception in thread "main" ${className}: ${message}`)
}
