import { incrementalAlterConfigs } from '@streamwright/protocol/messages/incremental-alter-configs'
import { brokerConfigs } from '../../src/config/broker-configs.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'

/** A value that somebody would like a setting to have: of broker 1, or (no name) of all. */
export interface SettingCase {
  readonly broker: '' | '1'
  readonly name: string
  readonly value: string
}

const anyValue = 'v'
const values: readonly string[] = ['x', '-5', '0', '1', '7', '100', '999999999999', '']

/** What is said of these names the addresses of the broker that is asked. */
const aboutAddresses: ReadonlySet<string> = new Set(['listeners', 'listener.security.protocol.map'])

/** Each setting of a broker with values that are right and wrong; read-only ones with one value. */
export function settingCases(): readonly SettingCase[] {
  return [...brokerConfigs.values()].flatMap(({ name, isDynamic, default: own }) => {
    if (aboutAddresses.has(name)) return []
    const first = own ?? anyValue
    const tried = isDynamic ? [...new Set([first, ...values])] : [first]
    const names = isDynamic
      ? [name, `listener.name.plaintext.${name}`, `listener.name.other.${name}`]
      : [name, `listener.name.other.${name}`]
    return names.flatMap((each) =>
      (['1', ''] as const).flatMap((broker) => tried.map((value) => ({ broker, name: each, value }))),
    )
  })
}

/** What a broker says of it, without doing it: nothing, or the error's number with its text. */
export async function answerTo(client: ProtocolClient, { broker, name, value }: SettingCase): Promise<string> {
  const { responses } = await client.send(incrementalAlterConfigs, 1, {
    resources: [{ resourceType: 4, resourceName: broker, configs: [{ name, value, configOperation: 0 }] }],
    validateOnly: true,
  })
  const [response] = responses
  return response === undefined || response.errorCode === 0 ? '' : `${response.errorCode} ${response.errorMessage}`
}
