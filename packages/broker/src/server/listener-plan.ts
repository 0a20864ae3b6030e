import { hostname } from 'node:os'
import type { Log } from '@streamwright/std'
import { ConfigurationError } from '@streamwright/std'
import type { SecurityProtocol } from '../security/security-protocol.ts'
import { securityProtocol } from '../security/security-protocol.ts'
import type { BrokerSettings } from '../settings.ts'

/** Where to listen, and what clients that come through it are told to connect to. */
export interface ListenerPlan {
  readonly name: string
  readonly securityProtocol: SecurityProtocol
  /** All on one port. The first must work; the others are left out when this machine does not have them. */
  readonly hosts: readonly string[]
  /** 0: one that is free on all hosts. */
  readonly port: number
  readonly advertisedHost: string
  /** Default: the port listened on. */
  readonly advertisedPort?: number
  /** Clients are never told of it: for tools that ask for a controller, and other brokers' configuration files. */
  readonly isForControllers: boolean
}

/** Asked for by the caller, before all settings. */
export interface ListenOptions {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

const defaultPort = 9092
const loopbacks: readonly string[] = ['127.0.0.1', '::1']
const wildcards: readonly string[] = ['', '0.0.0.0', '::']

/**
 * Reads `listeners` and its companions. Nothing said: both loopbacks, because clients resolve `localhost` to either.
 * Throws `ConfigurationError`.
 */
export function planListeners(options: ListenOptions, settings: BrokerSettings): readonly ListenerPlan[] {
  const advertised = new Map((settings.advertisedListeners ?? []).map((text) => [address(text).name, address(text)]))
  if (options.host !== undefined || options.port !== undefined || settings.listeners === null) {
    const where = { name: 'PLAINTEXT', host: options.host ?? 'localhost', port: options.port ?? defaultPort }
    const plain = plan(where, 'PLAINTEXT', advertised)
    // Clients are told an address that is always there, and need not try the two of `localhost`.
    const isByAddress = where.host === 'localhost' && !advertised.has(where.name)
    return [isByAddress ? { ...plain, advertisedHost: '127.0.0.1' } : plain]
  }
  const controllerNames = settings.controllerListenerNames.map((name) => name.toUpperCase())
  const plans = settings.listeners
    .map((text) => address(text))
    .map((where) => {
      const isForControllers = controllerNames.includes(where.name)
      return plan(where, protocolOf(where.name, settings, isForControllers), advertised, isForControllers)
    })
    // Clients come first: the first listener is the one that is given as the broker's address.
    .toSorted((left, right) => Number(left.isForControllers) - Number(right.isForControllers))
  if (plans.every(({ isForControllers }) => isForControllers)) {
    throw new ConfigurationError('No listener for clients: listeners must name one beside the controller listeners')
  }
  return plans
}

function plan(
  { name, host, port }: Address,
  protocol: SecurityProtocol,
  advertised: ReadonlyMap<string, Address>,
  isForControllers = false,
): ListenerPlan {
  const told = advertised.get(name)
  const hosts = host === 'localhost' ? loopbacks : [host === '' ? '::' : host]
  return {
    name,
    securityProtocol: protocol,
    hosts,
    port,
    advertisedHost: told?.host ?? (wildcards.includes(host) ? hostname() : host),
    ...(told !== undefined && { advertisedPort: told.port }),
    isForControllers,
  }
}

interface Address {
  readonly name: string
  readonly host: string
  readonly port: number
}

function address(text: string): Address {
  const match = /^([A-Za-z0-9_]+):\/\/(?:\[([0-9A-Fa-f:.%]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text.trim())
  const port = Number(match?.[4])
  if (match === null || port > 65_535) {
    throw new ConfigurationError(`Invalid listener ${text}: it must look like PLAINTEXT://127.0.0.1:9092`)
  }
  return { name: (match[1] ?? '').toUpperCase(), host: match[2] ?? match[3] ?? '', port }
}

/** A listener for controllers is plain when nothing is said of it. */
function protocolOf(name: string, settings: BrokerSettings, isForControllers: boolean): SecurityProtocol {
  const mapped = settings.listenerSecurityProtocolMap.find((entry) => entry.toUpperCase().startsWith(`${name}:`))
  const unmapped = isForControllers ? 'PLAINTEXT' : name
  const text = mapped === undefined ? unmapped : mapped.slice(name.length + 1).trim()
  const protocol = securityProtocol(text)
  if (protocol !== undefined) return protocol
  const how = `map it to PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL in listener.security.protocol.map, as in ${name}:SSL`
  throw new ConfigurationError(`Listener ${name} has no security protocol (${text} is none): ${how}`)
}

/** Says so when others than this machine's own programs can come in unasked, or can listen to passwords. */
export function warnOfOpenListeners(plans: readonly ListenerPlan[], log: Log): void {
  for (const { name, hosts, securityProtocol: protocol } of plans) {
    if (protocol.endsWith('SSL') || hosts.every(isLoopback)) continue
    const what =
      protocol === 'PLAINTEXT'
        ? 'lets everybody in who can reach it'
        : 'shows everybody on the way what is said, passwords of PLAIN included'
    log.warn(
      `Listener ${name} is ${protocol} on ${hosts.join(', ')} and ${what}: listen on localhost alone, or map ${name} to ` +
        `${protocol === 'PLAINTEXT' ? 'SASL_SSL or SSL' : 'SASL_SSL'} in listener.security.protocol.map`,
    )
  }
}

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === '::1' || host === 'localhost' || host.startsWith('127.')
}
