import type { Program } from '../program.ts'
import { at, printed, record } from '../topic.ts'
import { customers, enrichmentTopology, invoices, orders, products } from './topology.ts'

export const enrichment: Program = {
  applicationId: 'enrichment',
  topology: enrichmentTopology,
  input: [
    record(products, 'tea', { title: 'Assam, 250 g', price: 8 }, at('08:00')),
    record(products, 'pot', { title: 'Teapot, 1 l', price: 30 }, at('08:00')),
    record(customers, 'c1', { name: 'Anna', city: 'Delft' }, at('08:30')),
    record(orders, 'c1', { product: 'tea', pieces: 2 }, at('09:00')),
    record(orders, 'c2', { product: 'pot', pieces: 1 }, at('09:10')),
    record(customers, 'c1', { name: 'Anna', city: 'Utrecht' }, at('09:20')),
    record(customers, 'c2', { name: 'Ben', city: 'Leiden' }, at('09:20')),
    record(orders, 'c1', { product: 'pot', pieces: 1 }, at('09:30')),
    record(orders, 'c2', { product: 'samovar', pieces: 1 }, at('09:40')),
  ],
  output: [printed(invoices)],
}
