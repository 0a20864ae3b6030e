import { parallelGroupsMax } from '../limits.ts'

/** Each group once, some at a time: each is a request of its own. */
export async function forEachGroup<T>(groupIds: readonly string[], act: (groupId: string) => Promise<T>): Promise<T[]> {
  const all = [...new Set(groupIds)]
  const results: T[] = []
  for (let start = 0; start < all.length; start += parallelGroupsMax) {
    results.push(...(await Promise.all(all.slice(start, start + parallelGroupsMax).map(act))))
  }
  return results
}
