/** The longest topic name, in characters: a folder `<name>-<partition>` must fit into a file name. */
const topicNameLengthMax = 249

const legal = /^[A-Za-z0-9._-]+$/

/** Topics that Kafka keeps for itself. Clients neither create nor write them. */
const internalTopics: ReadonlySet<string> = new Set([
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
])

/** What is wrong with a topic name, as a sentence, or undefined when it is a good one. */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return 'A topic name is not empty'
  if (name === '.' || name === '..') return `A topic cannot be named "${name}"`
  if (name.length > topicNameLengthMax)
    return `A topic name has at most ${topicNameLengthMax} characters, not ${name.length}`
  if (!legal.test(name)) return `The topic name "${name}" has characters other than letters, digits, ".", "_" and "-"`
  return undefined
}

/** Whether a topic belongs to Kafka itself, such as `__consumer_offsets`. */
export function isInternalTopic(name: string): boolean {
  return internalTopics.has(name)
}

/** Whether a name contains "." or "_", which metrics cannot tell apart. */
export function hasCollisionCharacters(name: string): boolean {
  return name.includes('.') || name.includes('_')
}

/** The name as metrics have it: topics with the same one collide. */
export function unifiedTopicName(name: string): string {
  return name.replaceAll('.', '_')
}
