import { readFileSync, writeFileSync } from 'node:fs'
import { methodTables } from './method-table.ts'

const path = new URL('../../docs/compatibility.md', import.meta.url)
const begin = '<!-- methods: written by npm run compatibility -->'
const end = '<!-- end of methods -->'

/** The document as it stands, and as it should be. */
export function compatibilityDocument(): { readonly stands: string; readonly should: string } {
  const stands = readFileSync(path, 'utf8')
  const from = stands.indexOf(begin)
  const to = stands.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/compatibility.md has lost its marks, "${begin}" and "${end}"`)
  return { stands, should: `${stands.slice(0, from)}${begin}\n\n${methodTables()}\n\n${stands.slice(to)}` }
}

/** Writes the tables into the document. */
export function writeCompatibilityDocument(): void {
  writeFileSync(path, compatibilityDocument().should)
}
