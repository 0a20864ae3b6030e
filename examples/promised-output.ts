import { readFileSync } from 'node:fs'

/** The lines that the README of an example says it prints. */
export function promisedOutput(name: string): string[] {
  const readme = readFileSync(new URL(`./${name}/README.md`, import.meta.url), 'utf8')
  const block = /^```text output\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? ''
  return block.trimEnd().split('\n')
}
