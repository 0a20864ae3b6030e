import type { Admin } from '@streamwright/client'
import { propertiesFile } from '../command-line/client-properties.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { Entity } from './entity.ts'
import { hasQuotas } from './quota-entities.ts'
import { alterQuotas } from './quotas.ts'
import { kindOf } from './resource-types.ts'
import { alterCredentials, isScram } from './user-credentials.ts'

/** Changes settings of one entity, and leaves the others as they are. */
export async function alterConfigs(
  admin: Admin,
  entity: Entity,
  options: ParsedOptions,
  terminal: Terminal,
): Promise<void> {
  const name = entity.name ?? ''
  const file = options.value('add-config-file')
  const set = { ...(file === undefined ? {} : propertiesFile(file)), ...settingsOf(options.value('add-config')) }
  const names = options.values('delete-config').flatMap((text) => text.split(',').map((each) => each.trim()))
  if (entity.type === 'users' && [...Object.keys(set), ...names].some(isScram)) {
    return alterCredentials(admin, name, { set, delete: names }, terminal)
  }
  if (hasQuotas(entity.type)) return alterQuotas(admin, options, { set, delete: names }, terminal)
  const { type } = kindOf(entity.type)
  if (type === 'brokerLogger') await refuseUnknownLoggers(admin, name, [...Object.keys(set), ...names])
  await admin.incrementalAlterConfigs([{ type, name, set, delete: names }])
  terminal.out(
    name === ''
      ? `Completed updating default config for ${entity.type} in the cluster.\n`
      : `Completed updating config for ${singular(entity.type)} ${name}.\n`,
  )
}

async function refuseUnknownLoggers(admin: Admin, name: string, loggers: readonly string[]): Promise<void> {
  const described = await admin.describeConfigs([{ type: 'brokerLogger', name }])
  const known = new Set((described.get(`brokerLogger:${name}`) ?? []).map((entry) => entry.name))
  const unknown = loggers.filter((logger) => !known.has(logger))
  if (unknown.length > 0) throw new ArgumentError(`Invalid broker logger(s): ${unknown.join(',')}`)
}

/** `k1=v1,k2=[v2,v3]` → `{ k1: 'v1', k2: 'v2,v3' }`. */
function settingsOf(text: string | undefined): Record<string, string> {
  if (text === undefined) return {}
  const outside = '(?=[^\\]]*(?:\\[|$))'
  const pairs = text.split(new RegExp(`,${outside}`)).map((pair) => pair.split(new RegExp(`\\s*=\\s*${outside}`)))
  if (pairs.some((pair) => pair.length !== 2)) {
    throw new ArgumentError(
      'requirement failed: Invalid entity config: all configs to be added must be in the format "key=val" or  "key=[val1,val2]" to group values which contain commas.',
    )
  }
  return Object.fromEntries(
    pairs.map(([name = '', value = '']) => [name.trim(), value.replaceAll(/\[?\]?/g, '').trim()]),
  )
}

/** `brokers` → `broker`. */
export function singular(type: string): string {
  return type.slice(0, -1)
}
