import type { Program } from '../program.ts'
import { at, clock, printed, record } from '../topic.ts'
import type { InputRecord } from '../topic.ts'
import { alerts, fraudRulesTopology, payments } from './topology.ts'

const visa = '4000-0001'
const debit = '6759-0002'

function payment(card: string, time: string, amount: number, country: string): InputRecord {
  return record(payments, card, { amount, country, at: at(time) }, at(time))
}

export const fraudRules: Program = {
  applicationId: 'fraud-rules',
  topology: fraudRulesTopology,
  input: [
    payment(visa, '12:00:00', 12, 'NL'),
    payment(debit, '12:00:05', 9, 'NL'),
    payment(debit, '12:00:15', 9, 'NL'),
    payment(debit, '12:00:25', 9, 'NL'),
    payment(debit, '12:00:35', 9, 'NL'),
    payment(visa, '12:10:00', 8, 'NL'),
    payment(debit, '12:20:00', 400, 'NL'),
    payment(visa, '12:30:00', 20, 'BR'),
    payment(visa, '13:45:00', 15, 'NL'),
  ],
  output: [
    printed(alerts, (card, alert) => {
      if (alert === null) return card
      const { rule, payment: suspect } = alert
      return `${clock(suspect.at)}  ${card}  ${rule}  (${suspect.amount} in ${suspect.country})`
    }),
  ],
}
