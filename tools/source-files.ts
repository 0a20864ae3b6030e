import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('..', import.meta.url))

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

const leftOut = new Set(['node_modules', 'dist', '.stage', '.git', '.cache', 'data'])

/** Every file below `folder` (relative to the repository) with one of the endings. */
export function sourceFiles(folder: string, endings: readonly string[]): SourceFile[] {
  const files: SourceFile[] = []
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name)) files.push(...sourceFiles(path, endings))
    } else if (endings.some((ending) => entry.name.endsWith(ending))) {
      const text = readFileSync(join(root, path), 'utf8')
      files.push({ path: relative(root, join(root, path)).replaceAll('\\', '/'), text })
    }
  }
  return files
}

/** The specifiers that a TypeScript source imports, statically or by a literal `import()`. */
export function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}
