import { StreamsBuilder, serdes } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

export interface Order {
  readonly product: string
  readonly pieces: number
}

export interface Customer {
  readonly name: string
  readonly city: string
}

export interface Product {
  readonly title: string
  readonly price: number
}

export interface Invoice {
  readonly customer: string
  readonly shipTo: string
  readonly title: string
  readonly total: number
}

/** By customer number, as `customers`: the table's row and the order then meet in one task. */
export const orders: Topic<string, Order> = {
  topic: 'customer-orders',
  key: serdes.string,
  value: serdes.json<Order>(),
}
export const customers: Topic<string, Customer> = {
  topic: 'customers',
  key: serdes.string,
  value: serdes.json<Customer>(),
}
/** By product code: another key, so that only a global table can be asked. */
export const products: Topic<string, Product> = {
  topic: 'products',
  key: serdes.string,
  value: serdes.json<Product>(),
}
export const invoices: Topic<string, Invoice> = { topic: 'invoices', key: serdes.string, value: serdes.json<Invoice>() }

/** Adds to each order what is known of its customer and of its product. Orders of unknown products are left out. */
export function enrichmentTopology(): Topology {
  const builder = new StreamsBuilder()
  const customerTable = builder.table(customers.topic, customers)
  const productTable = builder.globalTable(products.topic, products)
  builder
    .stream(orders.topic, orders)
    .leftJoin(customerTable, (order, customer) => ({ order, customer }), { name: 'customer-of-order' })
    .join(
      productTable,
      (_customerNumber, { order }) => order.product,
      ({ order, customer }, { title, price }): Invoice => ({
        customer: customer?.name ?? 'unknown',
        shipTo: customer?.city ?? 'to be asked',
        title,
        total: order.pieces * price,
      }),
      { name: 'product-of-order' },
    )
    .to(invoices.topic, invoices)
  return builder.build()
}
