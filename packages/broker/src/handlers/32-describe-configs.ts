import type { Init } from '@streamwright/protocol'
import { AclOperation, ErrorCode } from '@streamwright/protocol'
import type {
  DescribeConfigsRequest,
  DescribeConfigsRequestResource,
  DescribeConfigsResponse,
} from '@streamwright/protocol/messages/describe-configs'
import { describeConfigs } from '@streamwright/protocol/messages/describe-configs'
import { brokerConfigDefinition } from '../config/broker-config-names.ts'
import { brokerConfigs } from '../config/broker-configs.ts'
import { rootLoggerName } from '../config/broker-loggers.ts'
import { clientMetricsConfigs } from '../config/client-metrics-configs.ts'
import {
  brokerConfigDocumentation,
  clientMetricsConfigDocumentation,
  groupConfigDocumentation,
  topicConfigDocumentation,
} from '../config/config-documentation.ts'
import type { ConfigDefinition } from '../config/config-definition.ts'
import { configTypeCodes } from '../config/config-definition.ts'
import { ConfigResourceType, brokerNameProblem, unsupportedResourceMessage } from '../config/config-resources.ts'
import type { DescribedValue } from '../config/config-value.ts'
import { ConfigSource } from '../config/config-value.ts'
import { groupConfigs } from '../config/group-configs.ts'
import { topicConfigs } from '../config/topic-configs.ts'
import { topicNameRefusal } from '../metadata/topic-names.ts'
import { configRefusal } from '../security/config-access.ts'
import type { BrokerServices } from '../services.ts'
import type { AnyHandler } from './handler.ts'
import { handler } from './handler.ts'

type ResultInit = NonNullable<Init<DescribeConfigsResponse>['results']>[number]
type ConfigInit = NonNullable<ResultInit['configs']>[number]

/** DescribeConfigs v1–v4. v1: synonyms. v3: types and documentation. v4: flexible. */
export const describeConfigsHandler: AnyHandler = handler<DescribeConfigsRequest, DescribeConfigsResponse>({
  api: describeConfigs,

  handle(services, request, context) {
    if (!request.resources.every(({ resourceType }) => describedTypes.has(resourceType))) {
      return refuse(request, ErrorCode.INVALID_REQUEST, unsupportedResourceMessage)
    }
    return {
      results: request.resources.map((resource) => {
        const { resourceType, resourceName } = resource
        const refusal = configRefusal(services, context, AclOperation.DESCRIBE_CONFIGS, resource)
        if (refusal !== undefined) return { resourceType, resourceName, ...refusal, configs: [] }
        const found = describe(services, resource)
        if (!Array.isArray(found)) return { resourceType, resourceName, ...found }
        const configs = found.map((config) => ({
          ...config,
          ...(!request.includeSynonyms && { synonyms: [] }),
          ...(!request.includeDocumentation && config.documentation !== '' && { documentation: null }),
        }))
        return { resourceType, resourceName, errorMessage: '', configs }
      }),
    }
  },

  refuse: (request, errorCode) => refuse(request, errorCode, ''),
})

/** One resource of another type fails the request. */
const describedTypes: ReadonlySet<number> = new Set(Object.values(ConfigResourceType))

function refuse(
  request: DescribeConfigsRequest,
  errorCode: number,
  errorMessage: string,
): Init<DescribeConfigsResponse> {
  return {
    results: request.resources.map(({ resourceType, resourceName }) => ({
      resourceType,
      resourceName,
      ...failed(errorCode, errorMessage),
    })),
  }
}

function failed(errorCode: number, errorMessage: string): { errorCode: number; errorMessage: string; configs: [] } {
  return { errorCode, errorMessage, configs: [] }
}

function describe(
  services: BrokerServices,
  resource: DescribeConfigsRequestResource,
): ConfigInit[] | ReturnType<typeof failed> {
  const keys = resource.configurationKeys
  const isAsked = (name: string): boolean => keys === null || keys.length === 0 || keys.includes(name)
  const name = resource.resourceName
  switch (resource.resourceType) {
    case ConfigResourceType.topic: {
      const problem = topicNameRefusal(name)
      if (problem !== undefined) return failed(ErrorCode.INVALID_TOPIC_EXCEPTION, problem)
      if (services.topics.get(name) === undefined) return failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, '')
      return shown(topicConfigs, isAsked).map((definition) =>
        configOf(definition, services.configs.topicValue(name, definition), topicConfigDocumentation),
      )
    }
    case ConfigResourceType.broker:
      return name === '' ? describeAllBrokers(services, isAsked) : describeBroker(services, name, isAsked)
    case ConfigResourceType.brokerLogger:
      return describeLoggers(services, name, isAsked)
    case ConfigResourceType.group:
      if (name === '') return failed(ErrorCode.INVALID_REQUEST, 'Group name must not be empty')
      return shown(groupConfigs, isAsked).map((definition) =>
        configOf(definition, services.configs.groupValueOf(name, definition), groupConfigDocumentation),
      )
    case ConfigResourceType.clientMetrics:
      if (name === '') return failed(ErrorCode.INVALID_REQUEST, 'Client metrics subscription name must not be empty')
      return shown(clientMetricsConfigs, isAsked).map((definition) => {
        const value = services.configs.clientMetricsValueOf(name, definition)
        return configOf(definition, value, clientMetricsConfigDocumentation)
      })
    default:
      return failed(ErrorCode.INVALID_REQUEST, unsupportedResourceMessage)
  }
}

function describeLoggers(
  services: BrokerServices,
  name: string,
  isAsked: (name: string) => boolean,
): ConfigInit[] | ReturnType<typeof failed> {
  if (name === '') return failed(ErrorCode.INVALID_REQUEST, 'Broker id must not be empty')
  const problem = brokerNameProblem(name, services.nodeId, '')?.replace(', but received', ' but received')
  if (problem !== undefined) return failed(ErrorCode.INVALID_REQUEST, problem)
  if (!isAsked(rootLoggerName)) return []
  const value = services.loggers.rootLevel
  return [{ name: rootLoggerName, value, configSource: ConfigSource.dynamicBrokerLogger, documentation: '' }]
}

function describeBroker(
  services: BrokerServices,
  name: string,
  isAsked: (name: string) => boolean,
): ConfigInit[] | ReturnType<typeof failed> {
  const problem = brokerNameProblem(name, services.nodeId, ' or empty string')
  if (problem !== undefined) return failed(ErrorCode.INVALID_REQUEST, problem)
  const { configs } = services
  const others = [...configs.brokerLayers.texts().keys()].filter((each) => !brokerConfigs.has(each) && isAsked(each))
  return [
    ...shown(brokerConfigs, isAsked).map((definition) =>
      configOf(definition, configs.brokerValueOf(definition.name), brokerConfigDocumentation),
    ),
    ...[...new Set(others)].map((each) => otherBrokerConfig(each, configs.brokerValueOf(each))),
  ]
}

/** Only what was set for all brokers while running. */
function describeAllBrokers({ configs }: BrokerServices, isAsked: (name: string) => boolean): ConfigInit[] {
  return [...configs.dynamicBrokerConfigs('')].flatMap(([name, value]) => {
    if (!isAsked(name)) return []
    const source = ConfigSource.dynamicDefaultBroker
    const described = { value, source, synonyms: [{ name, value, source }] }
    const definition = brokerConfigs.get(name)
    if (definition === undefined) return [otherBrokerConfig(name, described)]
    return [configOf(definition, described, brokerConfigDocumentation)]
  })
}

/** One with a listener's name before it, or one that Kafka does not know: it may be a secret. */
function otherBrokerConfig(name: string, value: DescribedValue): ConfigInit {
  const definition = brokerConfigDefinition(name)
  const config = configOf({ ...(definition ?? unknownConfig), name, isDynamic: false }, value, () => '')
  return definition === undefined ? { ...config, configType: unknownConfigType } : config
}

const unknownConfigType = 0

const unknownConfig: ConfigDefinition = {
  name: '',
  type: 'string',
  default: null,
  limits: '',
  isDynamic: false,
  isSensitive: true,
  isHidden: false,
  synonyms: [],
}

function shown(
  definitions: ReadonlyMap<string, ConfigDefinition>,
  isAsked: (name: string) => boolean,
): readonly ConfigDefinition[] {
  return [...definitions.values()].filter((definition) => !definition.isHidden && isAsked(definition.name))
}

function configOf(
  definition: ConfigDefinition,
  { value, source, synonyms }: DescribedValue,
  documentation: (name: string) => string,
): ConfigInit {
  const visible = (text: string | null): string | null => (definition.isSensitive ? null : text)
  return {
    name: definition.name,
    value: visible(value),
    readOnly: !definition.isDynamic,
    configSource: source,
    isSensitive: definition.isSensitive,
    synonyms: synonyms.map((synonym) => ({ ...synonym, value: visible(synonym.value) })),
    configType: configTypeCodes[definition.type],
    documentation: documentation(definition.name),
  }
}
