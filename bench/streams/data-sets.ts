/** One record of an input: the same bytes for every contender, since they come from a seed. */
export interface InputRecord {
  key: string | null
  value: string | Uint8Array
  timestamp: number
}

/** The time of the first records. */
export const startMs = 1_700_000_000_000
const regions = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-north-1',
  'ap-south-1',
  'ap-east-1',
  'sa-east-1',
  'af-south-1',
]
const cities = ['Amsterdam', 'Berlin', 'Chicago', 'Dakar', 'Edinburgh', 'Fukuoka', 'Geneva', 'Helsinki']
const vocabularySize = 10_000
const wordsPerLine = 13
const usersCount = 100_000
const keysCount = 1_000_000
const twoTo32 = 2 ** 32

/** Whole numbers below 2^32 from a seed: Mulberry32. */
class Draws {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  below(limit: number): number {
    return this.next() % limit
  }

  /** An amount in cents whose last digit is not 0, so that its shortest decimal form has two. */
  cents(): number {
    return this.below(50_000) * 10 + 1 + this.below(9)
  }
}

/** Makes the records of a set, called for one after the other. */
type RecordSource = (index: number) => InputRecord

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${padded(cents % 100, 2)}`
}

function userName(user: number): string {
  return `user-${padded(user, 6)}`
}

/** The key with a number. */
export function keyName(key: number): string {
  return `key-${padded(key, 12)}`
}

/** Orders in JSON of 155 bytes. */
function orders(): RecordSource {
  const draws = new Draws(101)
  return (index) => {
    const user = userName(draws.below(usersCount))
    const page = padded(draws.below(5000), 5)
    const region = regions[draws.below(regions.length)] ?? ''
    const amount = decimal(draws.cents())
    const quantity = 1 + draws.below(9)
    const active = draws.below(4) !== 0
    const timestamp = startMs + index
    const value =
      `{"id":${index},"user":"${user}","page":"/catalog/item-${page}","region":"${region}","cur":"EUR",` +
      `"amount":${amount},"qty":${quantity},"active":${active},"ts":${timestamp}}`
    return { key: user, value, timestamp }
  }
}

/** Lines of 13 words that are as frequent as Zipf says. */
function lines(): RecordSource {
  const { words, cumulated } = vocabulary()
  const total = cumulated[vocabularySize - 1] ?? 0
  const draws = new Draws(202)
  const word = (): string => {
    const wanted = (draws.next() / twoTo32) * total
    let low = 0
    let high = vocabularySize - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((cumulated[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return words[low] ?? ''
  }
  return (index) => {
    let value = word()
    for (let count = 1; count < wordsPerLine; count++) value += ` ${word()}`
    return { key: null, value, timestamp: startMs + index }
  }
}

function vocabulary(): { readonly words: readonly string[]; readonly cumulated: Float64Array } {
  const draws = new Draws(201)
  const words: string[] = []
  const cumulated = new Float64Array(vocabularySize)
  const letter = (index: number): string => String.fromCharCode(97 + index)
  let sum = 0
  for (let rank = 0; rank < vocabularySize; rank++) {
    let word = letter(Math.floor(rank / 676)) + letter(Math.floor(rank / 26) % 26) + letter(rank % 26)
    for (let more = draws.below(8); more > 0; more--) word += letter(draws.below(26))
    words.push(word)
    sum += 1 / (rank + 1)
    cumulated[rank] = sum
  }
  return { words, cumulated }
}

/** 100 bytes under one of a million keys, all as likely. */
function keys(): RecordSource {
  const draws = new Draws(303)
  const filling = 'x'.repeat(89)
  return (index) => ({
    key: keyName(draws.below(keysCount)),
    value: `v${padded(index, 10)}${filling}`,
    timestamp: startMs + index,
  })
}

/** Trades of 500 symbols, ten a millisecond. */
function trades(): RecordSource {
  const draws = new Draws(404)
  return (index) => {
    const ticker = `TCK${padded(draws.below(500), 3)}`
    const side = draws.below(2) === 0 ? 'ASK' : 'BID'
    const price = decimal(1000 + draws.below(9000) * 10 + 1 + draws.below(9))
    const size = 100 * (1 + draws.below(10))
    const value = `{"type":"${side}","ticker":"${ticker}","price":${price},"size":${size}}`
    return { key: ticker, value, timestamp: startMs + Math.floor(index / 10) }
  }
}

/** One side of a join: 50 bytes under one of 100,000 keys, five a millisecond. */
function joined(seed: number, side: 'L' | 'R'): RecordSource {
  const draws = new Draws(seed)
  const filling = 'x'.repeat(39)
  return (index) => ({
    key: keyName(draws.below(100_000)),
    value: `${side}${padded(index, 10)}${filling}`,
    timestamp: startMs + Math.floor(index / 5),
  })
}

/** The rows of a table, all of them older than what is joined with them. */
function users(): RecordSource {
  const draws = new Draws(607)
  return (index) => {
    const city = cities[draws.below(cities.length)] ?? ''
    const tier = 1 + draws.below(5)
    const score = draws.below(10_000)
    const user = userName(index)
    const value = `{"user":"${user}","name":"Name of ${user}","city":"${city}","tier":${tier},"score":${score}}`
    return { key: user, value, timestamp: startMs - 1_000_000 + index }
  }
}

function views(): RecordSource {
  const draws = new Draws(608)
  return (index) => {
    const user = userName(draws.below(usersCount))
    const page = padded(draws.below(5000), 5)
    const amount = decimal(draws.cents())
    const timestamp = startMs + index
    const value = `{"id":${index},"user":"${user}","page":"/catalog/item-${page}","amount":${amount},"ts":${timestamp}}`
    return { key: user, value, timestamp }
  }
}

/** Views again, each a row of its own that names its user. */
function viewRows(): RecordSource {
  const view = views()
  return (index) => ({ ...view(index), key: `view-${padded(index, 9)}` })
}

export type DataSet = 'orders' | 'lines' | 'keys' | 'trades' | 'left' | 'right' | 'users' | 'views' | 'viewRows'

const generators: Readonly<Record<DataSet, () => RecordSource>> = {
  orders,
  lines,
  keys,
  trades,
  left: () => joined(505, 'L'),
  right: () => joined(506, 'R'),
  users,
  views,
  viewRows,
}

/** The first records of a set. */
export function* recordsOf(set: DataSet, count: number): Generator<InputRecord, undefined> {
  const record = generators[set]()
  for (let index = 0; index < count; index++) yield record(index)
}
