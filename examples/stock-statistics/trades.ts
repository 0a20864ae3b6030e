import { seededRandom } from '@streamwright/std'
import type { Trade } from './topology.ts'

const symbols = ['MSFT', 'GOOG', 'AAPL', 'INTL', 'ORCL', 'IBM', 'AMZN', 'NVDA'] as const
const startPriceCents = 10_000
const stepCents = 50
const lotMax = 20

/** Trades whose prices wander; the same seed gives the same trades. */
export function* trades(seed: number): Generator<Trade> {
  const random = seededRandom(seed)
  const prices = new Map<string, number>(symbols.map((symbol) => [symbol, startPriceCents]))
  for (;;) {
    const symbol = symbols[random.below(symbols.length)] ?? symbols[0]
    const cents = Math.max(
      stepCents,
      (prices.get(symbol) ?? startPriceCents) + random.below(2 * stepCents + 1) - stepCents,
    )
    prices.set(symbol, cents)
    yield { symbol, askPrice: cents / 100, size: 100 * (1 + random.below(lotMax)) }
  }
}
