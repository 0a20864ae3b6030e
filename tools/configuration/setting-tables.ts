import { brokerSettingSpecs, listenerSettingSpecs } from '@streamwright/broker'
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
  return sections.map(sectionText).join('\n\n')
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
