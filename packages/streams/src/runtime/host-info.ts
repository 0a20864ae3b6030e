/** Where an instance can be asked by others: its `application.server`. Java: `HostInfo`. */
export interface HostInfo {
  readonly host: string
  readonly port: number
}

const portMax = 65_535

/** `host:port`, also `[::1]:9092`. Undefined for what is no address. */
export function parseHostInfo(text: string): HostInfo | undefined {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:%.]+)\]|([\w.%-]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  return host === undefined || port > portMax ? undefined : { host, port }
}

export function isSameHost(left: HostInfo, right: HostInfo | undefined): boolean {
  return left.host === right?.host && left.port === right.port
}
