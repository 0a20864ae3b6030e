import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

export interface Order {
  readonly customer: string
  readonly total: number
}

/** A payment says which order it is for; several may be for one. */
export interface Payment {
  readonly order: string
  readonly amount: number
}

/** A payment beside its order; no order: nobody knows yet what was paid for. */
export interface Receipt extends Payment {
  readonly customer: string | null
}

/** By order number. */
export const orders: Topic<string, Order> = { topic: 'orders', key: serdes.string, value: serdes.json<Order>() }
/** By payment number. */
export const payments: Topic<string, Payment> = { topic: 'payments', key: serdes.string, value: serdes.json<Payment>() }
/** By payment number. */
export const receipts: Topic<string, Receipt> = { topic: 'receipts', key: serdes.string, value: serdes.json<Receipt>() }
/** What is still to be paid, by order number. */
export const due: Topic<string, number> = { topic: 'due', key: serdes.string, value: serdes.double }

/**
 * Puts payments beside the orders they are for, and says what is left to pay of each order.
 *
 * The two tables have different keys: payments know the keys of their orders. A change on either side tells all that
 * follows from it anew: an order that changes reaches each of its payments, a payment that moves to another order leaves
 * the first.
 */
export function ordersAndPaymentsTopology(): Topology {
  const builder = new StreamsBuilder()
  const orderTable = builder.table(orders.topic, { ...orders, store: 'orders' })
  const paymentTable = builder.table(payments.topic, { ...payments, store: 'payments' })

  paymentTable
    .leftJoin(
      orderTable,
      (payment) => payment.order,
      (payment, order): Receipt => ({ ...payment, customer: order?.customer ?? null }),
      { name: 'order-of-payment', store: 'receipts', value: receipts.value },
    )
    .toStream()
    .to(receipts.topic, receipts)

  const paid = paymentTable
    .groupBy((_number, { order, amount }) => [order, amount], {
      name: 'payments-by-order',
      key: serdes.string,
      value: serdes.double,
    })
    .reduce(
      (sum, amount) => sum + amount,
      (sum, amount) => sum - amount,
      { name: 'paid', store: 'paid', value: serdes.double },
    )
  orderTable
    .leftJoin(paid, ({ total }, sum) => total - (sum ?? 0), { name: 'due-of-order', store: 'due', value: due.value })
    .toStream()
    .to(due.topic, due)
  return builder.build()
}
