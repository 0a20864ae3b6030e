import type { PrintedOptions } from './options.ts'
import { Windowed } from '../state/store.ts'

/** Writes a line for each record. */
export function printAction<K, V>(options: PrintedOptions<K, V>, streamName: string): (key: K, value: V) => void {
  const { label = streamName, mapper = (key, value) => `${plainText(key)}, ${plainText(value)}` } = options
  const write = options.write ?? ((line) => process.stdout.write(line))
  return (key, value) => write(`[${label}]: ${mapper(key, value)}\n`)
}

function plainText(value: unknown): string {
  if (value instanceof Windowed) return String(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
