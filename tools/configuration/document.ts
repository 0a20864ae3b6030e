import { readFileSync, writeFileSync } from 'node:fs'
import { settingTables } from './setting-tables.ts'

const path = new URL('../../docs/configuration.md', import.meta.url)
const begin = '<!-- settings: written by npm run configuration -->'
const end = '<!-- end of settings -->'

/** The document as it stands, and as it should be. */
export function configurationDocument(): { readonly stands: string; readonly should: string } {
  const stands = readFileSync(path, 'utf8')
  const from = stands.indexOf(begin)
  const to = stands.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/configuration.md has lost its marks, "${begin}" and "${end}"`)
  return { stands, should: `${stands.slice(0, from)}${begin}\n\n${settingTables()}\n\n${stands.slice(to)}` }
}

/** Writes the tables into the document. */
export function writeConfigurationDocument(): void {
  writeFileSync(path, configurationDocument().should)
}
