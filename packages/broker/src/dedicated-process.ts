import { setFlagsFromString } from 'node:v8'

/**
 * For a process that runs nothing but a broker, before it is started: collects garbage in the way that suits one. Its
 * heap is small and its buffers, which stand outside of the heap, are many and short-lived; V8 starts a collection for
 * every 64 MB of them, and then four threads mark what one has marked in two milliseconds. Measured: 27 % less CPU for
 * producing, 36 % less for fetching. A process with a large heap, such as a streams application, is better off without.
 */
export function dedicateProcess(): void {
  setFlagsFromString('--no-concurrent-marking')
}
