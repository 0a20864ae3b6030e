import { ConfigurationError } from '@streamwright/std'

/** Where a broker listens. */
export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

/** `host:port`, with an IPv6 host in brackets. */
export function addressText(address: BrokerAddress): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

/** Reads `bootstrap.servers`: `host:port` or `[::1]:port` each, with or without `PROTOCOL://` before it. */
export function parseBootstrapServers(servers: readonly string[]): BrokerAddress[] {
  if (servers.length === 0) {
    throw new ConfigurationError('bootstrap.servers is empty: name at least one broker, as in localhost:9092')
  }
  return servers.map(parseAddress)
}

function parseAddress(text: string): BrokerAddress {
  const match = /^(?:[A-Za-z0-9_]+:\/\/)?(?:\[([^\]]+)\]|([^:[\]/\s]+)):(\d{1,5})$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    throw new ConfigurationError(
      `Invalid address ${JSON.stringify(text)} in bootstrap.servers: it must be host:port, as in localhost:9092`,
    )
  }
  return { host, port }
}
