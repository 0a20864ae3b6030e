import { listOf } from './config-definition.ts'
import type { BrokerValues, CheckedChange } from './broker-config-checks.ts'

interface Endpoint {
  readonly name: string
  readonly text: string
}

const endpoint = /^(.*):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(-?\d+)$/

function endpointsOf(values: BrokerValues, name: string): readonly Endpoint[] {
  return listOf(values(name) ?? '').map((text) => ({ name: (endpoint.exec(text)?.[1] ?? '').toUpperCase(), text }))
}

/** Listeners that cannot be read, or that have no security protocol. */
export function addressProblem(values: BrokerValues): string | undefined {
  const endpoints = endpointsOf(values, 'listeners')
  if (endpoints.length === 0) {
    return "Configuration 'listeners' must not be empty. Valid values include: any non-empty value"
  }
  const texts = endpoints.map(({ text }) => text).join(', ')
  const problem = (why: string): string => `Error creating broker listeners from '[${texts}]': ${why}`
  const unreadable = endpoints.find(({ text }) => !endpoint.test(text))
  if (unreadable !== undefined) return problem(`Unable to parse ${unreadable.text} to a broker endpoint`)
  const map = protocolsOf(values)
  const unmapped = endpoints.find(({ name }) => !map.has(name) && !isForControllers(values, name))
  return unmapped && problem(`No security protocol defined for listener ${unmapped.name}`)
}

/** A map from listeners to their protocols that cannot be read. */
export function protocolMapProblem(values: BrokerValues): string | undefined {
  const name = 'listener.security.protocol.map'
  const wrong = listOf(values(name) ?? '').find((entry) => !entry.includes(':'))
  return wrong && `Error parsing configuration property '${name}': begin 0, end -1, length ${wrong.length}`
}

/** Listeners are what they were at the start, in Kafka as here: its controllers are told of them then. */
export function listenersProblem({ now, next }: CheckedChange): string | undefined {
  const before = endpointsOf(now, 'listeners')
  const after = endpointsOf(next, 'listeners')
  const textOf = (endpoints: readonly Endpoint[]): string =>
    endpoints
      .map(({ text }) => text)
      .toSorted()
      .join(',')
  const [oldProtocols, newProtocols] = [protocolsOf(now), protocolsOf(next)]
  const changed = after.find(({ name }) => oldProtocols.has(name) && oldProtocols.get(name) !== newProtocols.get(name))
  if (changed !== undefined) {
    return `Security protocol cannot be updated for existing listener ListenerName(${changed.name})`
  }
  return textOf(before) === textOf(after)
    ? undefined
    : 'Advertised listeners cannot be altered when using a Raft-based metadata quorum.'
}

function protocolsOf(values: BrokerValues): ReadonlyMap<string, string> {
  return new Map(
    listOf(values('listener.security.protocol.map') ?? '').flatMap((entry) => {
      const [name = '', protocol = ''] = entry.split(':')
      return [[name.trim().toUpperCase(), protocol.trim().toUpperCase()] as const]
    }),
  )
}

function isForControllers(values: BrokerValues, name: string): boolean {
  return listOf(values('controller.listener.names') ?? '').some((each) => each.toUpperCase() === name)
}
