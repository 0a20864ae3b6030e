import { AclOperation, ErrorCode, ResourceType } from '@streamwright/protocol'

/** What a request needs: an operation on a resource. */
export interface Need {
  readonly operation: number
  readonly resourceType: number
  readonly name: string
  /** All errors in the answer when this alone is missing, in ascending order. */
  readonly missing: readonly number[]
}

/** A request with all that it needs. */
export interface AccessCase {
  readonly apiKey: number
  readonly version: number
  readonly name?: string
  /** Topic ids are those of the broker that is asked. */
  readonly body: (topicIds: ReadonlyMap<string, string>) => object
  readonly needs: readonly Need[]
  /** All errors in the answer when nothing is missing. Default: none. */
  readonly allowed?: readonly number[]
}

/** A topic that exists, and one that does not; both are asked for by name. */
export const existingTopic = 'there'
export const missingTopic = 'nowhere'

const {
  TOPIC_AUTHORIZATION_FAILED,
  GROUP_AUTHORIZATION_FAILED,
  CLUSTER_AUTHORIZATION_FAILED,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
} = ErrorCode

/** Of the topic that exists. */
export function topic(operation: keyof typeof AclOperation, ...missing: readonly number[]): Need {
  const codes = missing.length === 0 ? [TOPIC_AUTHORIZATION_FAILED] : missing
  return { operation: AclOperation[operation], resourceType: ResourceType.TOPIC, name: existingTopic, missing: codes }
}

/** Of the topic that does not. */
export function otherTopic(operation: keyof typeof AclOperation, ...missing: readonly number[]): Need {
  return { ...topic(operation, ...missing), name: missingTopic }
}

/** Of group `g`. */
export function group(operation: keyof typeof AclOperation, ...missing: readonly number[]): Need {
  const codes = missing.length === 0 ? [GROUP_AUTHORIZATION_FAILED] : missing
  return { operation: AclOperation[operation], resourceType: ResourceType.GROUP, name: 'g', missing: codes }
}

/** Of transactional id `x`. */
export function transaction(operation: keyof typeof AclOperation, ...missing: readonly number[]): Need {
  const codes = missing.length === 0 ? [TRANSACTIONAL_ID_AUTHORIZATION_FAILED] : missing
  return { operation: AclOperation[operation], resourceType: ResourceType.TRANSACTIONAL_ID, name: 'x', missing: codes }
}

/** Of the cluster. */
export function cluster(operation: keyof typeof AclOperation, ...missing: readonly number[]): Need {
  const codes = missing.length === 0 ? [CLUSTER_AUTHORIZATION_FAILED] : missing
  return {
    operation: AclOperation[operation],
    resourceType: ResourceType.CLUSTER,
    name: 'kafka-cluster',
    missing: codes,
  }
}

/** What lacks it sees less, and is told nothing. */
export function silently(need: Need): Need {
  return { ...need, missing: [] }
}

/** All errors in an answer, each once, in ascending order. */
export function errorsOf(answer: unknown): number[] {
  const codes = new Set<number>()
  collect(answer, codes)
  return [...codes].toSorted((left, right) => left - right)
}

function collect(value: unknown, codes: Set<number>): void {
  if (Array.isArray(value)) for (const element of value) collect(element, codes)
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'number' && /^(?:partitionE|e)rrorCode$/.test(name)) {
        if (member !== ErrorCode.NONE) codes.add(member)
      } else collect(member, codes)
    }
  }
}
