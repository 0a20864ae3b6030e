import { basename, dirname } from 'node:path'
import { isRecord } from './json.ts'
import type { VectorFile } from './vector-file.ts'

/** What a file holds. `none`: not vectors but an index or the like. */
export type VectorKind = 'protocol' | 'serdes' | 'streams' | 'tools' | 'none' | 'unknown'

/** Tells by the content, and only where that says nothing by the path. */
export function kindOf(file: VectorFile): VectorKind {
  const { content } = file
  if (Array.isArray(content)) {
    const [first] = content as readonly unknown[]
    return isRecord(first) && ('topology' in first || 'steps' in first) ? 'streams' : 'unknown'
  }
  if (!isRecord(content)) return 'unknown'
  if (isSerdeCase(content['cases']) || isSerdeCase(content['vectors'])) return 'serdes'
  if (content['format'] === 1) return 'protocol'
  if ('kafka' in content && ('cases' in content || 'tools' in content || 'sessions' in content)) return 'tools'
  if ('topology' in content && 'steps' in content) return 'streams'
  if (basename(dirname(file.path)) === 'tools') return 'tools'
  return basename(file.path).startsWith('index.json') ? 'none' : 'unknown'
}

/** Whether the first of some cases is a value of a serde and its bytes. */
function isSerdeCase(cases: unknown): boolean {
  const first: unknown = Array.isArray(cases) ? cases[0] : undefined
  return isRecord(first) && 'serde' in first && 'hex' in first
}
