/** The pattern for whole names, as Java's `Pattern.matcher(topic).matches()`, without flags that remember a place. */
export function wholePattern({ source, flags }: RegExp): RegExp {
  return new RegExp(`^(?:${source})$`, flags.replaceAll(/[gy]/g, ''))
}

/** Whether a pattern matches the whole topic name. */
export function matchesWhole(pattern: RegExp, topic: string): boolean {
  return wholePattern(pattern).test(topic)
}

/** One pattern for what any of these names and patterns matches. */
export function unitedPattern(topics: readonly string[], patterns: readonly RegExp[]): RegExp {
  const names = topics.map((topic) => topic.replaceAll('.', '\\.'))
  const parts = patterns.map(({ source, flags }) => `(?${flags.replaceAll(/[^ims]/g, '')}:${source})`)
  // How a pattern is read cannot change within it.
  const mode = patterns.some(({ unicodeSets }) => unicodeSets)
    ? 'v'
    : patterns.some(({ unicode }) => unicode)
      ? 'u'
      : ''
  return new RegExp(`^(?:${[...names, ...parts].join('|')})$`, mode)
}
