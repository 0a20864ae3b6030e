/** Java's `String.hashCode`: a signed 32-bit number over the UTF-16 units. */
export function javaStringHash(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}

/** The partition of `__consumer_offsets` (`__transaction_state`…) that a group id (a transactional id) belongs to. */
export function coordinatorPartition(id: string, partitionCount: number): number {
  const hash = javaStringHash(id)
  // As Java has it: the absolute value, where the most negative number, which has none, counts as 0.
  const positive = hash === -0x8000_0000 ? 0 : Math.abs(hash)
  return positive % partitionCount
}
