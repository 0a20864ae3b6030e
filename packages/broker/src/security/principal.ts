/** Whom a connection speaks for: what ACLs and quotas are given to. */
export interface KafkaPrincipal {
  /** `User`, in all that Kafka itself makes. */
  readonly type: string
  readonly name: string
  /** `User:alice`, as ACLs write it. */
  readonly text: string
}

/** The principal `type:name`. */
export function principalOf(type: string, name: string): KafkaPrincipal {
  return { type, name, text: `${type}:${name}` }
}

/** Who has not said who they are. */
export const anonymous: KafkaPrincipal = principalOf('User', 'ANONYMOUS')
