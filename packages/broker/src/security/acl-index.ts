import { AclOperation, AclPermissionType, PatternType } from '@streamwright/protocol'
import type { Acl } from './acl.ts'
import { everybody, wildcard } from './acl.ts'

/** All operations, as bits by their numbers. */
const all = 0xfffc
/** What an operation that is allowed allows beside itself. What is denied denies nothing beside itself. */
const implied: ReadonlyMap<number, number> = new Map([
  [AclOperation.READ, 1 << AclOperation.DESCRIBE],
  [AclOperation.WRITE, 1 << AclOperation.DESCRIBE],
  [AclOperation.DELETE, 1 << AclOperation.DESCRIBE],
  [AclOperation.ALTER, 1 << AclOperation.DESCRIBE],
  [AclOperation.ALTER_CONFIGS, 1 << AclOperation.DESCRIBE_CONFIGS],
])

/** Operations as bits by their numbers. */
interface Operations {
  allowed: number
  denied: number
}

/**
 * What one principal may do with the resources of one pattern. Rules are added up when they change, so that a decision
 * looks at no rule.
 */
class Grants {
  readonly acls = new Set<Acl>()
  readonly fromEverywhere: Operations = { allowed: 0, denied: 0 }
  readonly byHost = new Map<string, Operations>()

  add(acl: Acl): void {
    this.acls.add(acl)
    const operations = acl.host === wildcard ? this.fromEverywhere : this.#ofHost(hostText(acl.host))
    const bits = acl.operation === AclOperation.ALL ? all : 1 << acl.operation
    if (acl.permissionType === AclPermissionType.DENY) operations.denied |= bits
    else operations.allowed |= bits | (implied.get(acl.operation) ?? 0)
  }

  remove(acl: Acl): void {
    this.acls.delete(acl)
    Object.assign(this.fromEverywhere, { allowed: 0, denied: 0 })
    this.byHost.clear()
    for (const left of this.acls) this.add(left)
  }

  #ofHost(host: string): Operations {
    const operations = this.byHost.get(host) ?? { allowed: 0, denied: 0 }
    this.byHost.set(host, operations)
    return operations
  }
}

/** By principal. */
type Pattern = Map<string, Grants>

class Patterns {
  readonly literal = new Map<string, Pattern>()
  readonly prefixed = new Map<string, Pattern>()
  /** Each length that a prefix has. */
  prefixLengths: number[] = []

  of(patternType: number): Map<string, Pattern> {
    return patternType === PatternType.PREFIXED ? this.prefixed : this.literal
  }
}

/**
 * Rules by what they are about. A decision takes a look-up by name, one for the wildcard, and one for each length that
 * prefixes have, however many rules there are.
 */
export class AclIndex {
  readonly #byType = new Map<number, Patterns>()
  #allowed = 0
  #denied = 0

  add(acl: Acl): void {
    const patterns = this.#byType.get(acl.resourceType) ?? new Patterns()
    this.#byType.set(acl.resourceType, patterns)
    const byName = patterns.of(acl.patternType)
    const pattern: Pattern = byName.get(acl.resourceName) ?? new Map<string, Grants>()
    byName.set(acl.resourceName, pattern)
    const grants = pattern.get(acl.principal) ?? new Grants()
    pattern.set(acl.principal, grants)
    grants.add(acl)
    if (acl.patternType === PatternType.PREFIXED) noteLength(patterns, acl.resourceName.length)
  }

  /** `acl`: the very object that was added. */
  remove(acl: Acl): void {
    const patterns = this.#byType.get(acl.resourceType)
    const byName = patterns?.of(acl.patternType)
    const pattern = byName?.get(acl.resourceName)
    const grants = pattern?.get(acl.principal)
    if (patterns === undefined || pattern === undefined || grants === undefined) return
    grants.remove(acl)
    if (grants.acls.size === 0) pattern.delete(acl.principal)
    if (pattern.size > 0) return
    byName?.delete(acl.resourceName)
    if (acl.patternType === PatternType.PREFIXED) forgetLength(patterns, acl.resourceName.length)
  }

  /**
   * What `principal` (`User:alice`) may do with a resource from `clientHost` (`/10.0.0.1`), as bits. `undefined`: no rule
   * is about the resource.
   */
  operations(resourceType: number, name: string, principal: string, clientHost: string): number | undefined {
    const patterns = this.#byType.get(resourceType)
    if (patterns === undefined) return undefined
    this.#allowed = 0
    this.#denied = 0
    const literal = patterns.literal.get(name)
    if (literal !== undefined) this.#addUp(literal, principal, clientHost)
    const forAll = name === wildcard ? undefined : patterns.literal.get(wildcard)
    if (forAll !== undefined) this.#addUp(forAll, principal, clientHost)
    let isAny = literal !== undefined || forAll !== undefined
    for (const length of patterns.prefixLengths) {
      const pattern = length > name.length ? undefined : patterns.prefixed.get(name.slice(0, length))
      if (pattern === undefined) continue
      isAny = true
      this.#addUp(pattern, principal, clientHost)
    }
    return isAny ? this.#allowed & ~this.#denied : undefined
  }

  #addUp(pattern: Pattern, principal: string, clientHost: string): void {
    this.#addGrants(pattern.get(principal), clientHost)
    if (principal !== everybody) this.#addGrants(pattern.get(everybody), clientHost)
  }

  #addGrants(grants: Grants | undefined, clientHost: string): void {
    if (grants === undefined) return
    this.#addOperations(grants.fromEverywhere)
    if (grants.byHost.size > 0) this.#addOperations(grants.byHost.get(clientHost))
  }

  #addOperations(operations: Operations | undefined): void {
    if (operations === undefined) return
    this.#allowed |= operations.allowed
    this.#denied |= operations.denied
  }
}

function noteLength(patterns: Patterns, length: number): void {
  if (!patterns.prefixLengths.includes(length)) patterns.prefixLengths.push(length)
}

function forgetLength(patterns: Patterns, length: number): void {
  if ([...patterns.prefixed.keys()].some((prefix) => prefix.length === length)) return
  patterns.prefixLengths = patterns.prefixLengths.filter((each) => each !== length)
}

/** As connections name their clients: `/10.0.0.1`, `/::1`, however the address was written. */
export function hostText(host: string): string {
  if (!host.includes(':')) return `/${host}`
  const url = `http://[${host}]/`
  return URL.canParse(url) ? `/${new URL(url).hostname.slice(1, -1)}` : `/${host}`
}
