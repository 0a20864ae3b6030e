import type { Environment } from '@streamwright/std'
import type { Reconfigurable } from '../config/dynamic-broker-configs.ts'
import type { ListenerPlan } from '../server/listener-plan.ts'
import type { UserSources } from './sasl/mechanisms.ts'
import { saslOptions } from './sasl/mechanisms.ts'
import type { AuthenticatedConnection } from './sasl/sasl-authentication.ts'
import { SaslAuthentication } from './sasl/sasl-authentication.ts'
import type { ListenerSettings } from './listener-settings.ts'
import { readListenerSettings } from './listener-settings.ts'
import { usesSasl, usesTls } from './security-protocol.ts'
import { TlsAcceptor } from './tls-acceptor.ts'
import { TlsReload } from './tls-reload.ts'

/** What a listener does before requests are taken. */
export interface ListenerSecurity {
  /** Undefined without TLS. */
  readonly tls: TlsAcceptor | undefined
  /** Takes other keys while the listener is open. Undefined without TLS. */
  readonly reload: Reconfigurable | undefined
  /** Undefined without SASL. */
  readonly authenticate: ((connection: AuthenticatedConnection) => SaslAuthentication) | undefined
}

/** Throws `ConfigurationError` for what cannot be. */
export function listenerSecurity(plan: ListenerPlan, sources: UserSources, environment: Environment): ListenerSecurity {
  const secured = usesTls(plan.securityProtocol)
    ? securedByTls(plan, sources, environment)
    : { tls: undefined, reload: undefined }
  if (!usesSasl(plan.securityProtocol)) return { ...secured, authenticate: undefined }
  const options = saslOptions(plan.name, sources)
  return { ...secured, authenticate: (connection) => new SaslAuthentication(connection, options, environment) }
}

function securedByTls(
  plan: ListenerPlan,
  sources: UserSources,
  { log }: Environment,
): Pick<ListenerSecurity, 'tls' | 'reload'> {
  const settings = tlsSettings(plan, sources)
  const tls = new TlsAcceptor(plan.name, settings, log)
  return { tls, reload: new TlsReload(plan.name, tls, settings, sources.startedWith, log) }
}

/** Who authenticates by SASL needs no certificate, unless the listener says so itself. */
function tlsSettings({ name, securityProtocol }: ListenerPlan, { given }: UserSources): ListenerSettings {
  const settings = readListenerSettings(given, name)
  const isAsked = given[`listener.name.${name.toLowerCase()}.ssl.client.auth`] !== undefined
  return usesSasl(securityProtocol) && !isAsked ? { ...settings, sslClientAuth: 'none' } : settings
}
