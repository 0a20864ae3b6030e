import type { PictureItem, PictureKind, TopologyPicture } from './topology-picture.ts'

/** Top to bottom, or left to right. */
export type PictureDirection = 'TB' | 'LR'

const shapes: Readonly<Record<PictureKind, readonly [open: string, close: string]>> = {
  source: ['([', '])'],
  processor: ['[', ']'],
  sink: ['([', '])'],
  topic: ['[/', '/]'],
  internalTopic: ['[/', '/]'],
  store: ['[(', ')]'],
}

// Colours of the text too, so that the picture can be read on a dark page.
const styles = [
  'classDef topic fill:#dbeafe,stroke:#2563eb,color:#111827',
  'classDef internalTopic fill:#dbeafe,stroke:#2563eb,color:#111827,stroke-dasharray:4 3',
  'classDef store fill:#fef3c7,stroke:#b45309,color:#111827',
]

/** A flowchart in the language of Mermaid, which GitHub draws in a block called `mermaid`. Ends with a line break. */
export function mermaidText({ topics, groups, arrows }: TopologyPicture, direction: PictureDirection): string {
  const lines = [`flowchart ${direction}`, ...topics.map((topic) => `  ${itemText(topic)}`)]
  for (const { id, label, items } of groups) {
    lines.push(`  subgraph ${id}["${labelText(label)}"]`, ...items.map((item) => `    ${itemText(item)}`), '  end')
  }
  for (const { from, to, kind } of arrows) lines.push(`  ${from} ${kind === 'records' ? '-->' : '-.-'} ${to}`)
  return [...lines, ...styles.map((style) => `  ${style}`), ''].join('\n')
}

function itemText({ id, kind, label }: PictureItem): string {
  const [open, close] = shapes[kind]
  const style = kind === 'topic' || kind === 'internalTopic' || kind === 'store' ? `:::${kind}` : ''
  return `${id}${open}"${labelText(label)}"${close}${style}`
}

/**
 * Labels are read as HTML and as Markdown, and some signs end or change a line even inside quotes: whatever is not a
 * letter, a digit or plain punctuation is written by its number.
 */
function labelText(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._,()-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`)
}
