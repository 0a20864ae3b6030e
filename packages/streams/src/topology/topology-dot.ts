import type { PictureDirection } from './topology-mermaid.ts'
import type { PictureItem, PictureKind, TopologyPicture } from './topology-picture.ts'

const attributes: Readonly<Record<PictureKind, string>> = {
  source: 'shape=box, style=rounded',
  processor: 'shape=box',
  sink: 'shape=box, style=rounded',
  topic: 'shape=parallelogram, style=filled, fillcolor="#dbeafe"',
  internalTopic: 'shape=parallelogram, style="filled,dashed", fillcolor="#dbeafe"',
  store: 'shape=cylinder, style=filled, fillcolor="#fef3c7"',
}

/** A directed graph in the language of Graphviz. Ends with a line break. */
export function dotText({ topics, groups, arrows }: TopologyPicture, direction: PictureDirection): string {
  const lines = ['digraph topology {', `  rankdir=${direction}`, '  node [fontname="sans-serif"]']
  for (const topic of topics) lines.push(`  ${itemText(topic)}`)
  for (const { id, label, items } of groups) {
    // Graphviz draws a box around what is called a cluster.
    lines.push(`  subgraph cluster_${id} {`, `    label=${quoted(label)}`)
    for (const item of items) lines.push(`    ${itemText(item)}`)
    lines.push('  }')
  }
  for (const { from, to, kind } of arrows) {
    lines.push(`  ${from} -> ${to}${kind === 'records' ? '' : ' [dir=none, style=dashed]'}`)
  }
  return `${lines.join('\n')}\n}\n`
}

function itemText({ id, kind, label }: PictureItem): string {
  return `${id} [label=${quoted(label)}, ${attributes[kind]}]`
}

/** Labels know escapes by backslash, and HTML's character references. */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
  return `"${escaped}"`
}
