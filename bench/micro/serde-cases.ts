import { Headers, shape, toBytes } from '@streamwright/formats'
import type { Serde, ShapeType } from '@streamwright/streams'
import { Windowed, serdes } from '@streamwright/streams'
import { changeSerde } from '../../packages/streams/src/serdes/change-serde.ts'
import type { MicroCase } from './micro-case.ts'

/** Different values, so that nothing is learnt by heart. */
const valueCount = 500
const headers = new Headers()

/** Writing and reading by one serde. Text counts as written when its bytes stand in the buffer of a batch. */
function serde<T>(name: string, of: Serde<T>, make: (index: number) => T): readonly MicroCase[] {
  const values = (): readonly T[] => Array.from({ length: valueCount }, (_none, index) => make(index))
  return [
    {
      group: 'serdes',
      name: `${name}, write`,
      start() {
        const list = values()
        const batch = Buffer.alloc(64 * 1024)
        return {
          perRun: valueCount,
          run() {
            for (const value of list) {
              const serialized = of.serialize(value, 'topic', headers)
              if (typeof serialized === 'string') batch.write(serialized, 0)
              else batch.set(serialized, 0)
            }
          },
        }
      },
    },
    {
      group: 'serdes',
      name: `${name}, read`,
      start() {
        const written = values().map((value) => Buffer.from(toBytes(of.serialize(value, 'topic', headers))))
        const batch = Buffer.concat(written)
        const ends = written.map(({ length }) => length)
        for (let index = 1; index < ends.length; index++) ends[index] = (ends[index] ?? 0) + (ends[index - 1] ?? 0)
        const read =
          of.deserializeSlice ??
          ((buffer: Buffer, start: number, end: number) =>
            of.deserialize(buffer.subarray(start, end), 'topic', headers))
        let last: T
        return {
          perRun: valueCount,
          run() {
            let start = 0
            for (const end of ends) {
              last = read(batch, start, end)
              start = end
            }
          },
          close: () => void last,
        }
      },
    },
  ]
}

interface Order {
  readonly id: number
  readonly customer: string
  readonly items: readonly { readonly product: string; readonly pieces: number }[]
  readonly paid: boolean
}

const order = (index: number): Order => ({
  id: index,
  customer: `customer-${index % 100}`,
  items: [
    { product: 'apples', pieces: index % 7 },
    { product: 'pears', pieces: 3 },
  ],
  paid: index % 2 === 0,
})

const orderShape = serdes.json(
  shape.object({
    id: shape.number,
    customer: shape.string,
    items: shape.array(shape.object({ product: shape.string, pieces: shape.number })),
    paid: shape.boolean,
  }),
)

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-north-1', 'ap-south-1']

/** The records of the workload `json-map`, of 150 bytes. */
const pageView = shape.object({
  id: shape.integer,
  user: shape.string,
  page: shape.string,
  region: shape.string,
  cur: shape.string,
  amount: shape.number,
  qty: shape.integer,
  active: shape.boolean,
  ts: shape.integer,
})

const pageViewOf = (index: number): ShapeType<typeof pageView> => ({
  id: 100_000 + index * 7,
  user: `user-${String((index * 7919) % 100_000).padStart(6, '0')}`,
  page: `/catalog/item-${String((index * 37) % 5000).padStart(5, '0')}`,
  region: regions[index % regions.length] ?? '',
  cur: 'EUR',
  amount: ((index * 4937) % 500_000) / 100,
  qty: 1 + (index % 9),
  active: index % 4 !== 0,
  ts: 1_700_000_000_000 + index,
})

export const serdeCases: readonly MicroCase[] = [
  ...serde('string', serdes.string, (index) => `value-${index}`),
  ...serde('string of 100, not ASCII', serdes.string, (index) => `${'ä€'.repeat(48)}${index}`),
  ...serde('bytes', serdes.bytes, (index) => Buffer.from(`value-${index}`)),
  ...serde('short', serdes.short, (index) => index),
  ...serde('integer', serdes.integer, (index) => index * 1000),
  ...serde('long', serdes.long, (index) => 1_700_000_000_000 + index),
  ...serde('bigint', serdes.bigint, (index) => 1_700_000_000_000n + BigInt(index)),
  ...serde('float', serdes.float, (index) => index / 2),
  ...serde('double', serdes.double, (index) => index / 3),
  ...serde('boolean', serdes.boolean, (index) => index % 2 === 0),
  ...serde('uuid', serdes.uuid, (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
  ...serde('list of 5 long', serdes.list(serdes.long), (index) => Array.from({ length: 5 }, (_none, at) => at * index)),
  ...serde('list of 5 string', serdes.list(serdes.string), (index) => ['a', 'bb', 'ccc', `${index}`, null]),
  ...serde('json', serdes.json<Order>(), order),
  ...serde('json of a shape', orderShape, order),
  ...serde('json of 150 bytes', serdes.json<ShapeType<typeof pageView>>(), pageViewOf),
  ...serde('json of 150 bytes, of a shape', serdes.json(pageView), pageViewOf),
  ...serde(
    'timeWindowed string',
    serdes.timeWindowed(serdes.string, 1000),
    (index) => new Windowed(`key-${index}`, { startMs: index * 1000, endMs: index * 1000 + 1000 }),
  ),
  ...serde(
    'sessionWindowed string',
    serdes.sessionWindowed(serdes.string),
    (index) => new Windowed(`key-${index}`, { startMs: index, endMs: index + 9 }),
  ),
  ...serde('change of string', changeSerde(serdes.string), (index) => ({
    newValue: `value-${index}`,
    oldValue: 'old',
    isLatest: true,
  })),
]
