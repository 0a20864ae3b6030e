import { ArgumentError } from '../command-line/usage-error.ts'

/** Which topics are looked at, and which of their partitions. */
export interface PartitionFilter {
  takesTopic(topic: string): boolean
  takes(topic: string, partition: number): boolean
}

/** A regular expression for topics, and numbers of partitions separated by commas. Without them: all. */
export function filterOfTopic(topic: string | undefined, partitions: string | undefined): PartitionFilter {
  const expression = topicExpression(topic ?? '.*')
  const numbers = partitions === undefined || partitions === '' ? [] : partitions.split(',')
  if (numbers.some((number) => !/^[-+]?\d+$/.test(number))) {
    throw new ArgumentError(
      `--partitions expects a comma separated list of numeric partition ids, but received: ${partitions ?? ''}`,
    )
  }
  const wanted = new Set(numbers.map(Number))
  const takesTopic = (name: string): boolean => expression.test(name)
  return { takesTopic, takes: (name, partition) => takesTopic(name) && (wanted.size === 0 || wanted.has(partition)) }
}

/** `orders:1-3,logs.*:-2,:0`: each part takes topics, all partitions or some; what one of them takes, is taken. */
export function filterOfPatterns(patterns: string): PartitionFilter {
  const rules = patterns.split(',').map(ruleOf)
  return {
    takesTopic: (topic) => rules.some((rule) => rule.takesTopic(topic)),
    takes: (topic, partition) => rules.some((rule) => rule.takes(topic, partition)),
  }
}

function ruleOf(text: string): PartitionFilter {
  const match = /^([^:,]*)(?::(?:(\d+)|(\d*)-(\d*)))?$/.exec(text)
  if (match === null) throw new ArgumentError(`Invalid rule specification: ${text}`)
  const [, topic = '', only, from = '', to = ''] = match
  const expression = topicExpression(topic === '' ? '.*' : topic)
  const first = only === undefined ? (from === '' ? 0 : Number(from)) : Number(only)
  const end = only === undefined ? (to === '' ? Infinity : Number(to)) : Number(only) + 1
  const takesTopic = (name: string): boolean => expression.test(name)
  return { takesTopic, takes: (name, partition) => takesTopic(name) && partition >= first && partition < end }
}

/** Commas stand for "or", quotes around are left out, as with all of Kafka's tools. */
function topicExpression(text: string): RegExp {
  const expression = text
    .trim()
    .replaceAll(',', '|')
    .replaceAll(/^["']+|["']+$/g, '')
  try {
    return new RegExp(`^(?:${expression})$`)
  } catch {
    throw new ArgumentError(`${text} is an invalid regex.`)
  }
}
