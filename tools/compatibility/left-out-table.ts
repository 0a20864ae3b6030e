import { leftOutTests } from '../../conformance/suites/left-out.ts'

/** The tests of foreign suites that need not pass, with the reason of each. */
export function leftOutTable(): string {
  const rows = leftOutTests.map(
    ({ suite, test, reason, with: option }) =>
      `| ${suite}${option === undefined ? '' : ` \`--${option}\``} | \`${test}\` | ${reason} |`,
  )
  return ['| suite | test | why it is left out |', '|---|---|---|', ...rows].join('\n')
}
