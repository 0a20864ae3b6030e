import { StreamsBuilder, serdes, shape } from '@streamwright/streams'
import type { Topology } from '@streamwright/streams'
import type { Topic } from '../topic.ts'

export interface Order {
  readonly customer: string
  readonly country: string
  readonly total: number
}

/** Orders by number. A null value is a cancelled order; JSON that is no order is an error. */
export const orders: Topic<string, Order> = {
  topic: 'incoming-orders',
  key: serdes.string,
  value: serdes.json(shape.object({ customer: shape.string, country: shape.string, total: shape.number })),
}
export const freeShipping: Topic<string, Order> = { ...orders, topic: 'orders-free-shipping' }
export const abroad: Topic<string, Order> = { ...orders, topic: 'orders-abroad' }
export const domestic: Topic<string, Order> = { ...orders, topic: 'orders-domestic' }
export const rejected: Topic<string, Order> = { ...orders, topic: 'orders-rejected' }

const home = 'NL'
const freeShippingFrom = 100

/** Sends every order to exactly one topic: the first branch that takes it. Cancelled orders go nowhere. */
export function filterAndRouteTopology(): Topology {
  const builder = new StreamsBuilder()
  builder
    .stream<string, Order | null>(orders.topic, orders)
    .filter((_number, order) => order !== null, { name: 'placed' })
    .split({ name: 'route-' })
    .branch((_number, { total }) => !(total > 0), {
      name: 'rejected',
      consumer: (branch) => branch.to(rejected.topic, rejected),
    })
    .branch((_number, { total }) => total >= freeShippingFrom, {
      name: 'free-shipping',
      consumer: (branch) => branch.to(freeShipping.topic, freeShipping),
    })
    .branch((_number, { country }) => country !== home, {
      name: 'abroad',
      consumer: (branch) => branch.to(abroad.topic, abroad),
    })
    .defaultBranch({ name: 'domestic', consumer: (branch) => branch.to(domestic.topic, domestic) })
  return builder.build()
}
