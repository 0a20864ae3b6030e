import { sourceFiles } from './source-files.ts'

/** A fenced block of a document. */
export interface CodeBlock {
  readonly path: string
  /** Of the first line inside, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
}

/** All fenced blocks of the project's documents, the changelog aside. */
export function codeBlocks(): CodeBlock[] {
  const documents = [
    ...sourceFiles('.', ['.md']).filter(({ path }) => !path.includes('/')),
    ...['docs', 'packages', 'examples', 'conformance', 'bench'].flatMap((folder) => sourceFiles(folder, ['.md'])),
  ]
  return documents.flatMap(({ path, text }) => {
    const blocks: CodeBlock[] = []
    for (const match of text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)) {
      const line = text.slice(0, match.index).split('\n').length + 1
      blocks.push({ path, line, language: match[1] ?? '', text: match[2] ?? '' })
    }
    return blocks
  })
}
