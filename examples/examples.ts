import type { Example } from './example.ts'
import { filterAndRoute } from './filter-and-route/main.ts'
import { runProgram } from './program.ts'
import type { Program } from './program.ts'
import { stockStatistics } from './stock-statistics/main.ts'
import { wordCount } from './word-count/main.ts'

/** Examples with an input and an output that are the same in every run. */
export const programs: Readonly<Record<string, Program>> = {
  'filter-and-route': filterAndRoute,
}

/** Every example, by the name that `npm run example` knows it by. */
export const examples: Readonly<Record<string, Example>> = {
  'word-count': wordCount,
  'stock-statistics': stockStatistics,
  ...Object.fromEntries(
    Object.entries(programs).map(([name, program]): [string, Example] => [
      name,
      (options) => runProgram(program, options),
    ]),
  ),
}
