import { leftOutTests } from '../../conformance/suites/left-out.ts'

/** The tests of foreign suites that need not pass, by suite and reason. */
export function leftOutTable(): string {
  const groups = Map.groupBy(leftOutTests, ({ suite, reason, with: option }) => {
    const suiteCell = option === undefined ? suite : `${suite} \`--${option}\``
    return JSON.stringify([suiteCell, reason])
  })
  const rows = [...groups].map(([key, entries]) => {
    const [suite, reason] = JSON.parse(key) as readonly [string, string]
    return `| ${suite} | ${entries.map(({ test }) => `\`${test}\``).join('<br>')} | ${reason} |`
  })
  return ['| suite | tests | why they are left out |', '|---|---|---|', ...rows].join('\n')
}
