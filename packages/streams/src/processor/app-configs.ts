/** The settings whose names begin with `prefix`, without it: `consumer.` or names of one's own. */
export function withPrefix(
  configs: Readonly<{ [name: string]: unknown }>,
  prefix: string,
): Readonly<{ [name: string]: unknown }> {
  const found = Object.entries(configs).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
}
