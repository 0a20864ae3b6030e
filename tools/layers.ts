/**
 * Who may import whom, bottom to top. Changing this table is a change of the architecture: think twice.
 * A package may always import itself. `tools/test/layers.test.ts` holds the sources to it.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  std: [],
  protocol: ['std'],
  formats: ['std'],
  broker: ['std', 'protocol'],
  client: ['std', 'protocol'],
  streams: ['std', 'protocol', 'client', 'formats'],
  cli: ['std', 'protocol', 'formats', 'client', 'broker', 'streams'],
}

/** What tests and folders beside `packages/` may use in addition: everything, since nothing imports them. */
export const outerFolders: readonly string[] = ['tools', 'conformance', 'bench', 'examples']

/** Libraries that only one folder may touch, so that they can be replaced in one place. */
export const confined: Readonly<Record<string, string>> = {
  lmdb: 'packages/streams/src/state',
  '@node-rs/crc32': 'packages/protocol/src',
  '@platformatic/wasm-utils': 'packages/protocol/src/compression',
}

/** The package that owns a specifier: `@streamwright/client` → client, `streamwright` → cli. */
export function packageOf(specifier: string): string | undefined {
  const scoped = /^@streamwright\/([a-z-]+)/.exec(specifier)?.[1]
  if (scoped !== undefined) return scoped
  return specifier === 'streamwright' || specifier.startsWith('streamwright/') ? 'cli' : undefined
}
