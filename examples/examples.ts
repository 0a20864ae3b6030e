import type { Example } from './example.ts'
import { clickAndSearch } from './click-and-search/main.ts'
import { deduplication } from './deduplication/main.ts'
import { enrichment } from './enrichment/main.ts'
import { filterAndRoute } from './filter-and-route/main.ts'
import { fraudRules } from './fraud-rules/main.ts'
import { ordersAndPayments } from './orders-and-payments/main.ts'
import { pageViewsByRegion } from './page-views-by-region/main.ts'
import { sessions } from './sessions/main.ts'
import { topTenArticles } from './top-ten/main.ts'
import { runProgram } from './program.ts'
import type { Program } from './program.ts'
import { stockStatistics } from './stock-statistics/main.ts'
import { wordCount } from './word-count/main.ts'

/** Examples with an input and an output that are the same in every run. */
export const programs: Readonly<Record<string, Program>> = {
  'filter-and-route': filterAndRoute,
  enrichment,
  'click-and-search': clickAndSearch,
  'top-ten': topTenArticles,
  sessions,
  'fraud-rules': fraudRules,
  deduplication,
  'page-views-by-region': pageViewsByRegion,
  'orders-and-payments': ordersAndPayments,
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
