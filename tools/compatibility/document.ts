import { readFileSync, writeFileSync } from 'node:fs'
import { clientSettingsTable } from './client-settings-table.ts'
import { leftOutTable } from './left-out-table.ts'
import { methodTables } from './method-table.ts'

const path = new URL('../../docs/compatibility.md', import.meta.url)

/** What is written between marks of a name: `<!-- name: written by npm run compatibility -->` and its end. */
const parts: Readonly<Record<string, () => string>> = {
  'client settings': clientSettingsTable,
  'left out': leftOutTable,
  methods: methodTables,
}

/** The document as it stands, and as it should be. */
export function compatibilityDocument(): { readonly stands: string; readonly should: string } {
  const stands = readFileSync(path, 'utf8')
  const should = Object.entries(parts).reduce((text, [name, write]) => withPart(text, name, write()), stands)
  return { stands, should }
}

function withPart(text: string, name: string, part: string): string {
  const begin = `<!-- ${name}: written by npm run compatibility -->`
  const end = `<!-- end of ${name} -->`
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/compatibility.md has lost its marks, "${begin}" and "${end}"`)
  return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`
}

/** Writes the tables into the document. */
export function writeCompatibilityDocument(): void {
  writeFileSync(path, compatibilityDocument().should)
}
