import { hostname } from 'node:os'
import { ConfigurationError } from '@streamwright/std'
import type { BrokerSettings } from '../settings.ts'

/** Where to listen, and what clients that come through it are told to connect to. */
export interface ListenerPlan {
  readonly name: string
  /** All on one port. The first must work; the others are left out when this machine does not have them. */
  readonly hosts: readonly string[]
  /** 0: one that is free on all hosts. */
  readonly port: number
  readonly advertisedHost: string
  /** Default: the port listened on. */
  readonly advertisedPort?: number
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
    return [plan('PLAINTEXT', options.host ?? 'localhost', options.port ?? defaultPort, advertised)]
  }
  const plans = settings.listeners
    .map((text) => address(text))
    .filter(({ name }) => !settings.controllerListenerNames.includes(name))
    .map(({ name, host, port }) => {
      requirePlaintext(name, settings)
      return plan(name, host, port, advertised)
    })
  if (plans.length === 0) {
    throw new ConfigurationError('No listener for clients: listeners must name one beside the controller listeners')
  }
  return plans
}

function plan(name: string, host: string, port: number, advertised: ReadonlyMap<string, Address>): ListenerPlan {
  const told = advertised.get(name)
  const hosts = host === 'localhost' ? loopbacks : [host === '' ? '::' : host]
  return {
    name,
    hosts,
    port,
    advertisedHost: told?.host ?? (wildcards.includes(host) ? hostname() : (hosts[0] ?? host)),
    ...(told !== undefined && { advertisedPort: told.port }),
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

function requirePlaintext(name: string, settings: BrokerSettings): void {
  const mapped = settings.listenerSecurityProtocolMap.find((entry) => entry.toUpperCase().startsWith(`${name}:`))
  const protocol = mapped === undefined ? name : mapped.slice(name.length + 1).toUpperCase()
  if (protocol === 'PLAINTEXT') return
  const how = 'name it PLAINTEXT, or map its name to PLAINTEXT in listener.security.protocol.map'
  throw new ConfigurationError(`Listener ${name} is ${protocol}, which this broker does not serve: ${how}`)
}
