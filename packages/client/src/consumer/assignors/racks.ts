/**
 * Whether placing partitions near their replicas can make a difference: some member's rack holds replicas, and not
 * every partition is in every rack.
 */
export function racksMatter(
  memberRacks: ReadonlySet<string>,
  racksOfPartitions: Iterable<ReadonlySet<string>>,
): boolean {
  if (memberRacks.size === 0) return false
  const partitions = [...racksOfPartitions]
  const all = new Set(partitions.flatMap((racks) => [...racks]))
  if (memberRacks.isDisjointFrom(all)) return false
  return !partitions.every((racks) => racks.size === all.size)
}
