import type { ApiVersionRange, BrokerVersions, ClusterNode } from '@streamwright/client'
import { allApis, apiInfo } from '@streamwright/protocol'
import { asError } from '@streamwright/std'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show } from '../command-line/output.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'

/** `kafka-broker-api-versions`: which versions of which APIs each broker offers. */
export const apiVersionsTool: Tool = {
  name: 'kafka-broker-api-versions',
  about: 'This tool helps to retrieve broker version information.',
  needsOptions: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    ...outputOption,
  },
  async run(options, terminal) {
    const servers = options.required('bootstrap-server')
    const described = await withAdmin(options, terminal, async (admin) => {
      const { brokers } = await admin.describeCluster()
      return Promise.all(
        brokers.map(async (broker) => ({ broker, versions: await admin.describeApiVersions({ nodeId: broker.id }) })),
      )
    }).catch((error: unknown) => {
      // Kafka's line does not say why.
      terminal.error(`${asError(error).message}\n`)
      const nodes = servers
        .split(',')
        .map((server, index) => `${server} (id: ${-1 - index} rack: null isFenced: false)`)
      throw new ArgumentError(`Request METADATA failed on brokers [${nodes.join(', ')}]`)
    })
    show(
      options,
      terminal,
      described.map(({ broker, versions }) => ({ broker, apis: versions.apis.map(namedApi) })),
      () => {
        for (const { broker, versions } of described) terminal.out(textOf(broker, versions))
      },
    )
    return 0
  },
}

function namedApi(range: ApiVersionRange): ApiVersionRange & { readonly name: string } {
  return { name: nameOf(range.apiKey), ...range }
}

function nameOf(key: number): string {
  return apiInfo(key)?.name ?? 'UNKNOWN'
}

function textOf({ host, port, id, rack, isFenced }: ClusterNode, { apis }: BrokerVersions): string {
  const offered = new Map(apis.map((range) => [range.apiKey, range]))
  const missing = allApis.filter((api) => api.forClients && !offered.has(api.key)).map(({ key }) => key)
  const keys = [...offered.keys(), ...missing].toSorted((left, right) => left - right)
  const lines = keys.map((key) => `\t${nameOf(key)}(${key}): ${rangeText(key, offered.get(key))}`)
  return `${host}:${port} (id: ${id} rack: ${String(rack)} isFenced: ${isFenced}) -> (\n${lines.join(',\n')}\n)\n`
}

function rangeText(key: number, range: ApiVersionRange | undefined): string {
  if (range === undefined) return 'UNSUPPORTED'
  const { minVersion, maxVersion } = range
  const text = minVersion === maxVersion ? String(minVersion) : `${minVersion} to ${maxVersion}`
  const own = apiInfo(key)
  if (own === undefined) return text
  const usable = Math.min(maxVersion, own.stableMaxVersion)
  if (usable >= minVersion && usable >= own.minVersion) return `${text} [usable: ${usable}]`
  return `${text} [unusable: node too ${usable < minVersion ? 'new' : 'old'}]`
}
