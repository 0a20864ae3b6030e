import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@streamwright/std'
import { LmdbEngineSpace } from '../../src/state/engine/lmdb-engine.ts'
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

/** Every engine there is: what stores and engines must do is tested on each of them. */
export const engineKinds: readonly { readonly kind: EngineKind; readonly runs: number }[] = [
  { kind: memory, runs: 200 },
  { kind: lmdb, runs: 40 },
]
