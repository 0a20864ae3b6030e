import type { InputRecord } from './data-sets.ts'
import { keyName, startMs } from './data-sets.ts'

/** Coprime to every number of keys that has no other prime factors than 2 and 5: visits each key once, out of order. */
const stride = 618_033_989

/** What a count of so many keys has logged: a Java `Long` under each. */
export function* changelogOfCounts(keyCount: number): Generator<InputRecord, undefined> {
  for (let index = 0; index < keyCount; index++) {
    const value = Buffer.alloc(8)
    value.writeInt32BE(1 + (index % 100), 4)
    yield {
      key: keyName(Number((BigInt(index) * BigInt(stride)) % BigInt(keyCount))),
      value,
      timestamp: startMs + index,
    }
  }
}
