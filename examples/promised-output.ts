import { readFileSync } from 'node:fs'

function readmeOf(name: string): string {
  return readFileSync(new URL(`./${name}/README.md`, import.meta.url), 'utf8')
}

/** The lines that the README of an example says it prints. */
export function promisedOutput(name: string): string[] {
  const block = /^```text output\n([\s\S]*?)^```$/m.exec(readmeOf(name))?.[1] ?? ''
  return block.trimEnd().split('\n')
}

/** The picture of the topology in the README of an example; undefined where it has none. */
export function shownTopology(name: string): string | undefined {
  return /^```mermaid\n([\s\S]*?)^```$/m.exec(readmeOf(name))?.[1]
}
