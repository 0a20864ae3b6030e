/**
 * Reads Java `.properties` text: `name=value` or `name: value` lines, `#` and `!` comments, a backslash at the end of
 * a line to go on, and the escapes `\t \n \r \f \\ \uXXXX`.
 */
export function parseProperties(text: string): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const line of logicalLines(text)) {
    const split = /^((?:\\.|[^\\=:\s])*)\s*(?:[=:]\s*)?/s.exec(line)
    const name = split?.[1] ?? ''
    if (name !== '') properties[unescape(name)] = unescape(line.slice(split?.[0].length ?? 0))
  }
  return properties
}

function* logicalLines(text: string): Generator<string> {
  let joined = ''
  for (const raw of text.split(/\r\n|\n|\r/)) {
    const line = raw.trimStart()
    if (joined === '' && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue
    joined += line
    const trailing = /\\+$/.exec(joined)?.[0].length ?? 0
    if (trailing % 2 === 1) {
      joined = joined.slice(0, -1)
      continue
    }
    yield joined
    joined = ''
  }
  if (joined !== '') yield joined
}

function unescape(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_match, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    return { t: '\t', n: '\n', r: '\r', f: '\f' }[letter] ?? letter
  })
}
