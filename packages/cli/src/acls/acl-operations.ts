import type { AclOperationName, AclResourceType } from '@streamwright/client'
import { UsageError } from '../command-line/usage-error.ts'

/** What can be done with each kind of resource. */
const operations: Readonly<Record<AclResourceType, readonly AclOperationName[]>> = {
  TOPIC: ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DELETE', 'ALTER', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  GROUP: ['READ', 'DESCRIBE', 'DELETE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  CLUSTER: ['CREATE', 'CLUSTER_ACTION', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE', 'ALTER', 'DESCRIBE'],
  TRANSACTIONAL_ID: ['DESCRIBE', 'WRITE', 'TWO_PHASE_COMMIT'],
  DELEGATION_TOKEN: ['DESCRIBE'],
  USER: ['CREATE_TOKENS', 'DESCRIBE_TOKENS'],
}

/** Operations as they are typed: `Read`, `ClusterAction`. Whatever is not known is `undefined`. */
export function operationOf(text: string): AclOperationName | undefined {
  const wanted = text.trim().toUpperCase()
  const all: readonly AclOperationName[] = ['ALL', ...Object.values(operations).flat()]
  return all.find((name) => name.replaceAll('_', '') === wanted)
}

/** Refuses operations that there are not for a kind of resource. */
export function checkOperations(type: AclResourceType, given: readonly (AclOperationName | undefined)[]): void {
  const possible: readonly AclOperationName[] = [...operations[type], 'ALL']
  if (given.every((operation) => operation !== undefined && possible.includes(operation))) return
  throw new UsageError(`ResourceType ${type} only supports operations [${possible.join(', ')}]`)
}
