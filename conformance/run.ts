import { existsSync } from 'node:fs'
import { isRecord } from './json.ts'
import type { VectorKind } from './kinds.ts'
import type { Report } from './report.ts'
import type { VectorFile } from './vector-file.ts'

/** Runs one file with the runner for its kind, which is imported only then. */
export async function runVectorFile(file: VectorFile, kind: VectorKind, report: Report): Promise<void> {
  switch (kind) {
    case 'protocol': {
      const { runProtocolVectors } = await import('./protocol/run.ts')
      await runProtocolVectors(file, report)
      return
    }
    case 'serdes': {
      const { runSerdeVectors } = await import('./serdes/run.ts')
      runSerdeVectors(file, report)
      return
    }
    case 'streams':
      await runStreamsFile(file, report)
      return
    case 'tools': {
      const { runToolVectors } = await import('./tools/run.ts')
      await runToolVectors(file, report)
      return
    }
    case 'none':
      return
    case 'unknown':
      report.skip(file.label, 'not a file of vectors in a format that is run yet')
  }
}

/** What the module of the streams runner exports. */
interface StreamsRunner {
  runStreamsVectors(file: VectorFile, report: Report): Promise<void>
}

async function runStreamsFile(file: VectorFile, report: Report): Promise<void> {
  const module = new URL('./streams/run.ts', import.meta.url)
  if (!existsSync(module)) {
    for (const name of caseNames(file)) report.skip(name, 'there is no runner for streams vectors yet')
    return
  }
  const runner = (await import(module.href)) as StreamsRunner
  await runner.runStreamsVectors(file, report)
}

function caseNames(file: VectorFile): readonly string[] {
  const { content } = file
  const cases = isRecord(content) ? content['cases'] : content
  if (!Array.isArray(cases)) return [file.label]
  return cases.map((entry: unknown, index) => {
    const name = isRecord(entry) ? (entry['name'] ?? entry['id']) : undefined
    return typeof name === 'string' ? name : `${file.label} ${index}`
  })
}
