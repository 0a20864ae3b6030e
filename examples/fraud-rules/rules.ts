/** A payment with a card. */
export interface Payment {
  readonly amount: number
  readonly country: string
  readonly at: number
}

/** What a payment is suspected of. */
export interface Rule {
  readonly name: string
  /** `recent`: the payments of the same card in the hour before, the oldest first, without this one. */
  readonly isBroken: (payment: Payment, recent: readonly Payment[]) => boolean
}

export const lookBackMs: number = 60 * 60_000
const burstMs = 60_000
const burstPayments = 4
const unusualFactor = 10
const usualPayments = 3

export const rules: readonly Rule[] = [
  {
    name: 'burst',
    isBroken: (payment, recent) => recent.filter(({ at }) => payment.at - at <= burstMs).length + 1 >= burstPayments,
  },
  {
    name: 'two countries within an hour',
    isBroken: (payment, recent) => recent.some(({ country }) => country !== payment.country),
  },
  {
    name: 'unusual amount',
    isBroken: (payment, recent) => {
      const spent = recent.reduce((sum, { amount }) => sum + amount, 0)
      return recent.length >= usualPayments && payment.amount > unusualFactor * (spent / recent.length)
    },
  },
]
