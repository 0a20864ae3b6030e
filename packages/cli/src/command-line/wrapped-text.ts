/** The width to which Kafka's tools with commands wrap what they say of a command line. */
const widthMax = 75

/**
 * Text in lines of {@link widthMax} columns, set as the library of those tools sets it: all lines but the last are
 * stretched, the gaps in the middle first. Scripts compare whole lines, so ours are the same.
 */
export function wrapped(text: string): string {
  const lines: string[] = []
  let line = ''
  // The end of the line counts, so that the last line has a column less.
  for (const piece of pieces(`${text}\n`)) {
    if (line.length + piece.length > widthMax) {
      lines.push(stretched(line.trim(), widthMax))
      line = ''
    }
    line += piece
  }
  return [...lines, line.replace(/\n$/, '')].join('\n')
}

/** Where a line may end: behind blanks, and behind dashes before a letter. */
function pieces(text: string): readonly string[] {
  return text.match(/[^\s-]*(?:-+(?=[A-Za-z])|-*[^\s-]*\s+|-+|$)/g)?.filter((piece) => piece !== '') ?? []
}

function stretched(line: string, width: number): string {
  const words = line.split(/ +/)
  const gaps = words.length - 1
  const missing = width - line.length
  if (gaps === 0 || missing <= 0) return line
  const each = Math.floor(missing / gaps)
  const rest = missing % gaps
  const first = Math.floor((gaps - rest + 1) / 2)
  return words
    .map((word, index) => {
      if (index === gaps) return word
      return word + ' '.repeat(1 + each + (index >= first && index < first + rest ? 1 : 0))
    })
    .join('')
}
