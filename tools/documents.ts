import { sourceFiles } from './source-files.ts'

/** A fenced block of a document. */
export interface CodeBlock {
  readonly path: string
  /** Of the first line inside, from 1. */
  readonly line: number
  readonly language: string
  /** What follows the language, such as `output`. */
  readonly note: string
  readonly text: string
}

/** A program of a document, and what the document says that it prints. */
export interface ShownOutput {
  readonly program: CodeBlock
  readonly output: CodeBlock
}

/** The programs whose output stands below them, in a block that begins with `text output`. */
export function shownOutputs(): ShownOutput[] {
  const blocks = codeBlocks()
  return blocks.flatMap((output, index) => {
    const program = blocks[index - 1]
    if (output.note !== 'output' || program?.path !== output.path || program.language !== 'ts') return []
    return [{ program, output }]
  })
}

/** All fenced blocks of the project's documents, the changelog aside. */
export function codeBlocks(): CodeBlock[] {
  const documents = [
    ...sourceFiles('.', ['.md']).filter(({ path }) => !path.includes('/')),
    ...['docs', 'packages', 'examples', 'conformance', 'bench'].flatMap((folder) => sourceFiles(folder, ['.md'])),
  ]
  return documents.flatMap(({ path, text }) => {
    const blocks: CodeBlock[] = []
    for (const match of text.matchAll(/^```(\w*) *([^\n]*)\n([\s\S]*?)^```$/gm)) {
      const line = text.slice(0, match.index).split('\n').length + 1
      blocks.push({ path, line, language: match[1] ?? '', note: match[2] ?? '', text: match[3] ?? '' })
    }
    return blocks
  })
}
