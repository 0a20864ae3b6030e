import { brokerSettingSpecs, listenerSettingSpecs } from '@streamwright/broker'
import { brokerConfigs } from '../../packages/broker/src/config/broker-configs.ts'
import type { BrokerConfigDefinition, UpdateMode } from '../../packages/broker/src/config/broker-configs.ts'
import { brokerConfigDocumentation } from '../../packages/broker/src/config/config-documentation.ts'
import { adminSettingSpecs, consumerSettingSpecs, producerSettingSpecs } from '@streamwright/client'
import type { SettingSpec, SettingSpecs } from '@streamwright/std'
import { streamsSettings } from '@streamwright/streams'

interface Section {
  readonly title: string
  readonly settings: SettingSpecs
}

const shared = common([producerSettingSpecs, consumerSettingSpecs, adminSettingSpecs])

const sections: readonly Section[] = [
  { title: 'Streams', settings: streamsSettings },
  { title: 'All clients', settings: shared },
  { title: 'Producer', settings: without(producerSettingSpecs, shared) },
  { title: 'Consumer', settings: without(consumerSettingSpecs, shared) },
  { title: 'Admin', settings: without(adminSettingSpecs, shared) },
  { title: 'Broker', settings: brokerSettingSpecs },
  { title: 'Listeners of the broker', settings: listenerSettingSpecs },
]

/** A table for each component, by name, as the descriptions in the code have them. */
export function settingTables(): string {
  return [...sections.map(sectionText), changeableText()].join('\n\n')
}

const modes: Readonly<Record<UpdateMode, string>> = {
  cluster: 'for one broker, or for all',
  'per-broker': 'for one broker',
  'per-listener': 'for a listener of one broker',
  'read-only': '',
}

/** What of a broker may change while it runs, Kafka's names that mean nothing here included. */
function changeableText(): string {
  const rows = [...brokerConfigs.values()]
    .filter(({ isDynamic }) => isDynamic)
    .map((each) => `| \`${each.name}\` | ${modes[each.dynamic]} | ${escaped(meaningOf(each))} |`)
  const title = '## Settings of the broker that change while it runs'
  return [title, '', '| setting | may be set | what it does |', '|---|---|---|', ...rows].join('\n')
}

/** What Kafka calls dynamic and does not let change either. */
const fixed: ReadonlySet<string> = new Set(['listeners', 'listener.security.protocol.map'])

function meaningOf({ name, dynamic }: BrokerConfigDefinition): string {
  if (fixed.has(name)) return 'Nothing but what it was at the start: listeners stay.'
  if (!(name in listenerSettingSpecs)) return brokerConfigDocumentation(name)
  const when = dynamic === 'per-listener' ? 'for new connections, at once' : 'from the next start on'
  return `See the settings of listeners: ${when}.`
}

function sectionText({ title, settings }: Section): string {
  const rows = Object.entries(settings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => `| \`${name}\` | ${kindOf(spec)} | ${defaultOf(spec)} | ${escaped(spec.about)} |`)
  return [`## ${title}`, '', '| setting | type | default | what it does |', '|---|---|---|---|', ...rows].join('\n')
}

/** The type, and which values there are. */
function kindOf(spec: SettingSpec): string {
  if (spec.type === 'string') return spec.oneOf === undefined ? 'string' : spec.oneOf.map(code).join(', ')
  if (spec.type === 'boolean' || spec.type === 'list') return spec.type
  const { type, min, max } = spec
  if (min === undefined) return max === undefined ? type : `${type}, at most ${max}`
  return max === undefined ? `${type}, at least ${min}` : `${type}, ${min} to ${max}`
}

function defaultOf(spec: SettingSpec): string {
  if (spec.default === undefined) return '**required**'
  const text = Array.isArray(spec.default) ? spec.default.join(',') : String(spec.default ?? '')
  return text === '' ? '–' : code(text)
}

function code(text: string): string {
  return `\`${escaped(text)}\``
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** The settings that all have, and mean the same by. */
function common([first = {}, ...rest]: readonly SettingSpecs[]): SettingSpecs {
  const isShared = ([name, spec]: [string, SettingSpec]): boolean =>
    rest.every((specs) => JSON.stringify(specs[name]) === JSON.stringify(spec))
  return Object.fromEntries(Object.entries(first).filter(isShared))
}

function without(settings: SettingSpecs, left: SettingSpecs): SettingSpecs {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !(name in left)))
}
