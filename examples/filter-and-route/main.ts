import type { Program } from '../program.ts'
import { at, printed, record } from '../topic.ts'
import { abroad, domestic, filterAndRouteTopology, freeShipping, orders, rejected } from './topology.ts'

export const filterAndRoute: Program = {
  applicationId: 'filter-and-route',
  topology: filterAndRouteTopology,
  input: [
    record(orders, 'A-1', { customer: 'anna', country: 'NL', total: 24.5 }, at('09:00')),
    record(orders, 'A-2', { customer: 'ben', country: 'DE', total: 310 }, at('09:01')),
    record(orders, 'A-3', { customer: 'carla', country: 'FR', total: 18 }, at('09:02')),
    record(orders, 'A-1', null, at('09:03')),
    record(orders, 'A-4', { customer: 'dina', country: 'NL', total: 0 }, at('09:04')),
    record(orders, 'A-5', { customer: 'anna', country: 'NL', total: 100 }, at('09:05')),
  ],
  output: [printed(rejected), printed(freeShipping), printed(abroad), printed(domestic)],
}
