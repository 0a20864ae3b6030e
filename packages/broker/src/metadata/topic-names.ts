import { topicNameProblem } from '@streamwright/protocol'

/** Why a topic cannot have this name, in the words that Kafka's clients show; `undefined` when it can. */
export function topicNameRefusal(name: string): string | undefined {
  if (topicNameProblem(name) === undefined) return undefined
  return `Topic name is invalid: ${reasonOf(name)}`
}

function reasonOf(name: string): string {
  if (name === '') return 'the empty string is not allowed'
  if (name === '.' || name === '..') return `'${name}' is not allowed`
  if (name.length > 249) return `the length of '${name}' is longer than the max allowed length 249`
  return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`
}
