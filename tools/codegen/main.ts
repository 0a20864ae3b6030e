import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { generatedFiles } from './generate.ts'

/** `npm run generate`: writes what is derived from the definitions, and removes what no longer is. */
const source = new URL('../../packages/protocol/src/', import.meta.url)
const files = generatedFiles()
await mkdir(new URL('messages/', source), { recursive: true })

let changes = 0
for (const [path, text] of files) {
  const file = new URL(path, source)
  const before = await readFile(file, 'utf8').catch(() => undefined)
  if (before === text) continue
  await writeFile(file, text)
  changes++
}
for (const name of await readdir(new URL('messages/', source))) {
  if (files.has(`messages/${name}`)) continue
  await rm(new URL(`messages/${name}`, source))
  changes++
}
console.log(`${files.size} files are derived from the definitions, ${changes} were changed`)
