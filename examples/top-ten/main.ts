import type { Program } from '../program.ts'
import { clock, printed } from '../topic.ts'
import { articleReads } from './reads.ts'
import { topTen, topTenTopology } from './topology.ts'

export const topTenArticles: Program = {
  applicationId: 'top-ten',
  topology: topTenTopology,
  input: [...articleReads(1, 400)],
  output: [
    printed(topTen, (hour, ranking) => {
      const views = ranking?.map((row) => `${row.article} ${row.views}`)
      return `${clock(hour.window.startMs)}  ${views?.join(', ')}`
    }),
  ],
}
