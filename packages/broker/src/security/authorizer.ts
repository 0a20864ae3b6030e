import { AclOperation, AclPermissionType, PatternType, ResourceType } from '@streamwright/protocol'
import type { Log } from '@streamwright/std'
import { ConfigurationError } from '@streamwright/std'
import type { MetadataLog } from '../metadata/metadata-log.ts'
import type { BrokerSettings } from '../settings.ts'
import type { Acl, AclFilter } from './acl.ts'
import { aclKey, everybody, matches, nameOf, wildcard } from './acl.ts'
import { AclIndex, hostText } from './acl-index.ts'
import type { KafkaPrincipal } from './principal.ts'

/** Who asks, as far as rules are concerned. */
export interface Asker {
  readonly principal: KafkaPrincipal
  /** `/127.0.0.1`. */
  readonly clientHost: string
}

const everything = 0xfffc

/**
 * Decides who may do what, as Kafka's StandardAuthorizer: super users everything; otherwise what is denied is denied,
 * what is not allowed is denied, too, and a resource that no rule is about is for nobody, or for everybody when
 * `allow.everyone.if.no.acl.found` says so. The rules are in the metadata log.
 */
export class Authorizer {
  readonly #metadata: MetadataLog
  readonly #log: Log
  readonly #superUsers: ReadonlySet<string>
  readonly #withoutRules: number
  readonly #index = new AclIndex()

  /** Throws `ConfigurationError` for super users that are no principals. */
  constructor(metadata: MetadataLog, settings: BrokerSettings, log: Log) {
    this.#metadata = metadata
    this.#log = log
    this.#superUsers = readSuperUsers(settings.superUsers)
    this.#withoutRules = settings.allowEveryoneIfNoAclFound ? everything : 0
    for (const acl of metadata.state.acls.values()) this.#index.add(acl)
  }

  /** All rules that `filter` means. */
  find(filter: AclFilter): Acl[] {
    return [...this.#metadata.state.acls.values()].filter((acl) => matches(filter, acl))
  }

  /** In force at once, durable when the promise resolves. Rules that there are already stay as they are. */
  async create(acls: readonly Acl[]): Promise<void> {
    const known = this.#metadata.state.acls
    const created = [...new Map(acls.map((acl) => [aclKey(acl), acl]))].filter(([key]) => !known.has(key))
    if (created.length === 0) return
    const durable = this.#metadata.append(...created.map(([, acl]) => ({ kind: 'acl', acl }) as const))
    for (const [key] of created) {
      const acl = known.get(key)
      if (acl !== undefined) this.#index.add(acl)
    }
    await durable
  }

  /** No longer in force at once; for good when the promise resolves. */
  async delete(acls: readonly Acl[]): Promise<void> {
    const known = this.#metadata.state.acls
    const deleted = [...new Set(acls.map(aclKey))].flatMap((key) => known.get(key) ?? [])
    if (deleted.length === 0) return
    const durable = this.#metadata.append(...deleted.map((acl) => ({ kind: 'aclDeleted', acl }) as const))
    for (const acl of deleted) this.#index.remove(acl)
    await durable
  }

  /** What the asker may do with a resource, as bits by the numbers of operations. */
  operations({ principal, clientHost }: Asker, resourceType: number, name: string): number {
    if (this.#superUsers.has(principal.text)) return everything
    return this.#index.operations(resourceType, name, principal.text, clientHost) ?? this.#withoutRules
  }

  /** Whether the asker may do it. A refusal is logged. */
  authorize(asker: Asker, operation: number, resourceType: number, name: string): boolean {
    if ((this.operations(asker, resourceType, name) & (1 << operation)) !== 0) return true
    this.#log.info('A request is not authorized', {
      principal: asker.principal.text,
      host: asker.clientHost,
      operation: nameOf(AclOperation, operation),
      resource: `${nameOf(ResourceType, resourceType)}:${name}`,
    })
    return false
  }

  /**
   * Whether there is, or may come to be, a resource of this type with which the asker may do it: something is allowed
   * that is not denied as a whole.
   */
  authorizeAny(asker: Asker, operation: number, resourceType: number): boolean {
    // Super users, and everybody while there are no rules; the name is one that no rule is about.
    if ((this.operations(asker, resourceType, 'hardcode') & (1 << operation)) !== 0) return true
    const own = this.#rulesFor(asker, operation, resourceType)
    const denied = own.filter(({ permissionType }) => permissionType === AclPermissionType.DENY)
    if (denied.some(isForAll)) return false
    const allowed = own.filter(({ permissionType }) => permissionType === AclPermissionType.ALLOW)
    const deniedNames = new Set(denied.filter(isLiteral).map(({ resourceName }) => resourceName))
    const deniedPrefixes = denied.filter((acl) => !isLiteral(acl)).map(({ resourceName }) => resourceName)
    return allowed.some(
      (acl) =>
        isForAll(acl) ||
        ((!isLiteral(acl) || !deniedNames.has(acl.resourceName)) &&
          !deniedPrefixes.some((prefix) => acl.resourceName.startsWith(prefix))),
    )
  }

  /** Only those of the very operation: what others imply does not count here. */
  #rulesFor({ principal, clientHost }: Asker, operation: number, resourceType: number): Acl[] {
    return [...this.#metadata.state.acls.values()].filter(
      (acl) =>
        acl.resourceType === resourceType &&
        (acl.operation === operation || acl.operation === AclOperation.ALL) &&
        (acl.principal === principal.text || acl.principal === everybody) &&
        (acl.host === wildcard || hostText(acl.host) === clientHost),
    )
  }
}

function isLiteral({ patternType }: Acl): boolean {
  return patternType === PatternType.LITERAL
}

function isForAll(acl: Acl): boolean {
  return isLiteral(acl) && acl.resourceName === wildcard
}

/** `User:alice;User:bob`: names may have commas in them. */
function readSuperUsers(text: string): Set<string> {
  const users = text
    .split(';')
    .map((user) => user.trim())
    .filter((user) => user !== '')
  for (const user of users) {
    if (!/^[^:]+:./.test(user)) {
      throw new ConfigurationError(`super.users are given as User:name, separated by semicolons, not as ${user}`)
    }
  }
  return new Set(users)
}
