import type { Program } from '../program.ts'
import { at, printedRows, record } from '../topic.ts'
import { due, orders, ordersAndPaymentsTopology, payments, receipts } from './topology.ts'

export const ordersAndPayments: Program = {
  applicationId: 'orders-and-payments',
  topology: ordersAndPaymentsTopology,
  input: [
    record(orders, 'o1', { customer: 'anna', total: 60 }, at('10:00')),
    record(orders, 'o2', { customer: 'ben', total: 25 }, at('10:01')),
    record(payments, 'p1', { order: 'o1', amount: 20 }, at('10:10')),
    record(payments, 'p2', { order: 'o1', amount: 40 }, at('10:20')),
    // For an order that is not there yet.
    record(payments, 'p3', { order: 'o3', amount: 5 }, at('10:30')),
    record(orders, 'o3', { customer: 'carla', total: 5 }, at('10:40')),
    // Booked to the wrong order, and put right.
    record(payments, 'p2', { order: 'o2', amount: 40 }, at('10:50')),
    record(payments, 'p1', null, at('11:00')),
  ],
  output: [printedRows(receipts), printedRows(due)],
}
