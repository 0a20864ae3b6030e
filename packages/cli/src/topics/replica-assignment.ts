import { StreamwrightError } from '@streamwright/std'

/** `1:2,2:3` → the brokers of partition 0 and of partition 1. */
export function parseReplicaAssignment(text: string): number[][] {
  const assignment = text.split(',').map((brokers) => brokers.split(':').map((broker) => Number(broker.trim())))
  for (const [partition, brokers] of assignment.entries()) {
    const duplicates = brokers.filter((broker, index) => brokers.indexOf(broker) !== index)
    if (duplicates.length > 0) {
      throw refused(`Partition replica lists may not contain duplicate entries: ${[...new Set(duplicates)].join(',')}`)
    }
    if (brokers.length !== assignment[0]?.length) {
      throw refused(`Partition ${partition} has different replication factor: [${brokers.join(', ')}]`)
    }
  }
  return assignment
}

function refused(message: string): StreamwrightError {
  return new StreamwrightError(message, { code: 'INVALID_REPLICA_ASSIGNMENT' })
}
