/** One micro benchmark, in a process of its own: `node micro-process.ts NUMBER`. Prints its result as JSON. */
import { measure } from 'mitata'
import { microCases } from './micro/cases.ts'
import type { MicroResult } from './micro/micro-case.ts'

/** Nanoseconds that are measured at least, after warming up. */
const measuredNs = 400e6
/** Calls before anything is measured: what is hot is compiled then. */
const warmUpCalls = 60

const micro = microCases[Number(process.argv[2])]
if (micro === undefined) throw new Error('Give the number of a case')
const run = micro.start()
for (let call = 0; call < warmUpCalls; call++) await run.run()
const { p25, p50, p75 } = await measure(() => run.run(), { min_cpu_time: measuredNs })
run.close?.()
const of = (nanoseconds: number): number => nanoseconds / run.perRun
const { group, name } = micro
const result: MicroResult = { group, name, p25: of(p25), median: of(p50), p75: of(p75) }
process.stdout.write(`${JSON.stringify(result)}\n`)
