import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serdes } from '@streamwright/formats'
import { silentLog } from '@streamwright/std'
import { Stores } from '../../src/dsl/stores.ts'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'
import { LogEngineSpace } from '../../src/state/engine/log/log-engine-space.ts'
import { openEngineSpace } from '../../src/state/engine/open-engine-space.ts'
import { arrayEngines } from './array-engine.ts'
import { MemoryEngineSpace } from '../../src/state/engine/memory-engine.ts'
import type { EngineKind } from './engine-conformance.ts'

const memory: EngineKind = {
  name: 'memory',
  place: () => ({ open: () => new MemoryEngineSpace(), survivesClose: false, remove() {} }),
}

const lmdb: EngineKind = {
  name: 'LMDB',
  place() {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-engine-'))
    return {
      open: () => new LmdbEngineSpace(directory, silentLog),
      survivesClose: true,
      remove: () => rmSync(directory, { recursive: true, force: true }),
    }
  },
}

const log: EngineKind = {
  name: 'log',
  place() {
    const directory = mkdtempSync(join(tmpdir(), 'streamwright-engine-'))
    return {
      open: () => new LogEngineSpace(directory, silentLog),
      survivesClose: true,
      remove: () => rmSync(directory, { recursive: true, force: true }),
    }
  },
}

/** An engine of the user's own, by way of the space that a task would open for its stores. */
const custom: EngineKind = {
  name: "of the user's own",
  place() {
    const engine = arrayEngines()
    const names = [
      'store',
      'one',
      'two',
      'three',
      'scores',
      ...Array.from({ length: 100 }, (_none, index) => `s${index}`),
    ]
    const supplier = (name: string) => Stores.onEngine(Stores.inMemoryKeyValueStore(name), engine)
    const options = { key: serdes.string, value: serdes.string }
    const stores = names.map((name) => Stores.keyValueStoreBuilder(supplier(name), options))
    return { open: () => openEngineSpace(stores, undefined, silentLog), survivesClose: true, remove() {} }
  },
}

/** Every engine there is: what stores and engines must do is tested on each of them. */
export const engineKinds: readonly { readonly kind: EngineKind; readonly runs: number }[] = [
  { kind: memory, runs: 200 },
  { kind: lmdb, runs: 40 },
  { kind: log, runs: 200 },
  { kind: custom, runs: 40 },
]
