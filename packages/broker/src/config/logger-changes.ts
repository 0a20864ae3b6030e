import { ErrorCode } from '@streamwright/protocol'
import type { Refusal } from '../metadata/topic-creation.ts'
import type { BrokerServices } from '../services.ts'
import { loggerLevels, rootLoggerName } from './broker-loggers.ts'
import { ConfigOperation } from './config-resources.ts'

/** A change of one logger's level. */
export interface LoggerChange {
  readonly name: string
  readonly value: string | null
  readonly configOperation: number
}

/** Sets levels of loggers of this broker; all or none. `undefined`: done. */
export function changeLoggers(
  services: BrokerServices,
  brokerName: string,
  changes: readonly LoggerChange[],
  validateOnly: boolean,
): Refusal | undefined {
  const refused = nodeNameRefusal(brokerName, services.nodeId)
  if (refused !== undefined) return refused
  for (const change of changes) {
    const refusal = refusalOf(change)
    if (refusal !== undefined) return refusal
  }
  if (!validateOnly) for (const { value } of changes) if (value !== null) services.loggers.setRootLevel(value)
  return undefined
}

function nodeNameRefusal(name: string, nodeId: number): Refusal | undefined {
  const errorCode = ErrorCode.INVALID_REQUEST
  if (!/^-?\d+$/.test(name)) return { errorCode, errorMessage: `Node id must be an integer, but it is: ${name}` }
  return Number(name) === nodeId
    ? undefined
    : { errorCode, errorMessage: `Unexpected node id. Expected ${nodeId}, but received ${name}` }
}

function refusalOf({ name, value, configOperation }: LoggerChange): Refusal | undefined {
  const invalidRequest = (errorMessage: string): Refusal => ({ errorCode: ErrorCode.INVALID_REQUEST, errorMessage })
  const invalidConfig = (errorMessage: string): Refusal => ({ errorCode: ErrorCode.INVALID_CONFIG, errorMessage })
  if (configOperation === ConfigOperation.append)
    return invalidRequest('APPEND operation is not allowed for the BROKER_LOGGER resource')
  if (configOperation === ConfigOperation.subtract)
    return invalidRequest('SUBTRACT operation is not allowed for the BROKER_LOGGER resource')
  if (name !== rootLoggerName) return invalidConfig(`Logger ${name} does not exist!`)
  if (configOperation === ConfigOperation.delete)
    return invalidRequest('Removing the log level of the root logger is not allowed')
  return value !== null && loggerLevels.includes(value)
    ? undefined
    : invalidConfig(
        `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${loggerLevels.join(', ')}`,
      )
}
