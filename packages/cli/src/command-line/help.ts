import type { ToolSpec } from './option-spec.ts'
import { commonOptions } from './option-spec.ts'

const columnWidth = 40
const lineWidth = 100

/** The table of a tool's options. */
export function optionsTable(tool: ToolSpec): string {
  const rows = Object.entries({ ...tool.options, ...commonOptions })
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, spec]) => {
      const argument = spec.argument === 'none' ? '' : ` <${spec.argumentName ?? 'value'}>`
      const label = [name, ...(spec.aliases ?? [])].map((each) => `--${each}`).join(', ') + argument
      return wrap(label, spec.about)
    })
  return [wrap('Option', 'Description'), wrap('------', '-----------'), ...rows].join('\n')
}

/** What `--help` prints. */
export function helpText(tool: ToolSpec): string {
  return `${tool.about}\n${optionsTable(tool)}\n`
}

function wrap(label: string, text: string): string {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + 1 + word.length > lineWidth - columnWidth) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  const indent = ' '.repeat(columnWidth)
  const first = label.length < columnWidth ? label.padEnd(columnWidth) : `${label}\n${indent}`
  return first + lines.join(`\n${indent}`)
}
