import type { Environment } from '@streamwright/std'
import { ConfigurationError } from '@streamwright/std'
import type { ListenerPlan } from '../server/listener-plan.ts'
import type { UserSources } from './sasl/mechanisms.ts'
import { saslOptions } from './sasl/mechanisms.ts'
import type { AuthenticatedConnection } from './sasl/sasl-authentication.ts'
import { SaslAuthentication } from './sasl/sasl-authentication.ts'
import { usesSasl } from './security-protocol.ts'

/** What a listener does before requests are taken. */
export interface ListenerSecurity {
  /** Undefined without SASL. */
  readonly authenticate: ((connection: AuthenticatedConnection) => SaslAuthentication) | undefined
}

/** Throws `ConfigurationError` for what cannot be. */
export function listenerSecurity(plan: ListenerPlan, sources: UserSources, environment: Environment): ListenerSecurity {
  if (plan.securityProtocol.endsWith('SSL')) {
    throw new ConfigurationError(`Listener ${plan.name}: TLS is not served yet, use PLAINTEXT or SASL_PLAINTEXT`)
  }
  if (!usesSasl(plan.securityProtocol)) return { authenticate: undefined }
  const options = saslOptions(plan.name, sources)
  return { authenticate: (connection) => new SaslAuthentication(connection, options, environment) }
}
