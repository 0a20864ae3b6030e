import { readFileSync } from 'node:fs'
import { javaOnlySettings } from '../../packages/client/src/settings/java-settings.ts'

interface Difference {
  readonly case: string
  readonly reason: string
}

const path = new URL('../../conformance/differences.json', import.meta.url)
const begin = 'protocol/configs/client-configs * '

/**
 * The settings of Java's clients that are not ours, as the comparison with Java's own list of them is excused, and
 * those that are taken and mean nothing here.
 */
export function clientSettingsTable(): string {
  const differences = JSON.parse(readFileSync(path, 'utf8')) as readonly Difference[]
  const rows = differences
    .filter((difference) => difference.case.startsWith(begin))
    .map((difference) => ({ setting: difference.case.slice(begin.length), reason: difference.reason }))
    .toSorted((left, right) => (left.setting < right.setting ? -1 : 1))
    .map(({ setting, reason }) => `| \`${setting}\` | ${reason} |`)
  const ignored = javaOnlySettings.map((name) => `\`${name}\``).join(', ')
  const last = `Taken and without a meaning here (classes to load, metrics reporters, sockets' buffers, Kerberos): ${ignored}.`
  return ['| setting | ours |', '|---|---|', ...rows, '', last].join('\n')
}
