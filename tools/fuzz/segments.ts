import type { Random } from '@streamwright/std'
import { batchOf } from '../../packages/broker/test/log/batches.ts'
import { newLog, readAll, reopenKilled, root } from '../../packages/broker/test/log/harness.ts'
import { MemoryStorage } from '../../packages/broker/src/log/memory-storage.ts'
import { mutated } from '../../packages/protocol/test/hostile-bytes.ts'

const directory = `${root}/topic-0`
/** A log of three or four segments with all their files. */
const settings = { segmentBytes: 800, indexIntervalBytes: 0 }

async function sampleLog(random: Random): Promise<MemoryStorage> {
  const { storage, log } = await newLog({ settings })
  const batches = 4 + random.below(8)
  for (let index = 0; index < batches; index++) {
    const values = Array.from({ length: 1 + random.below(4) }, () => random.bytes(random.below(60)).toString('hex'))
    // Batches follow one another.
    // oxlint-disable-next-line no-await-in-loop
    await log.append(batchOf({ values })).written
  }
  return storage
}

function copyOf(storage: MemoryStorage): MemoryStorage {
  const copy = new MemoryStorage()
  const visit = (path: string): void => {
    for (const name of storage.list(path)) {
      const inner = path === '/' ? `/${name}` : `${path}/${name}`
      if (storage.status(inner)?.isDirectory === true) {
        copy.makeDirectory(inner)
        visit(inner)
      } else copy.writeFile(inner, storage.readFile(inner))
    }
  }
  visit('/')
  return copy
}

/** Changes one to three files of the log. */
function damage(storage: MemoryStorage, random: Random): void {
  const files = storage.list(directory)
  for (let times = random.below(3); times >= 0; times--) {
    const path = `${directory}/${files[random.below(files.length)] ?? ''}`
    storage.writeFile(path, mutated(storage.readFile(path), random))
  }
}

const variantsPerLog = 50

/**
 * Opens logs whose files were changed. Each must open, give all that it then holds or say which part is damaged, and
 * take a record behind it, which the next start finds again.
 */
export async function fuzzSegments(
  segments: number,
  random: Random,
  progress: (segments: number) => void,
): Promise<void> {
  for (let done = 0; done < segments;) {
    // oxlint-disable-next-line no-await-in-loop
    const sample = await sampleLog(random)
    for (let variant = 0; variant < variantsPerLog && done < segments; variant++, done++) {
      const storage = copyOf(sample)
      damage(storage, random)
      // oxlint-disable-next-line no-await-in-loop
      await openDamaged(storage)
    }
    progress(done)
  }
}

async function openDamaged(storage: MemoryStorage): Promise<void> {
  const opened = await reopenKilled(storage, { settings })
  const log = opened.get('topic', 0)
  if (log === undefined) throw new Error('A log with damaged files is not there')
  const before = readAll(log)
  const appended = log.append(batchOf({ values: ['after'] }))
  await appended.written
  const after = readAll(log)
  if (after.length !== before.length + 1) throw new Error(`${before.length} batches became ${after.length} by one more`)
  await opened.close()
  const again = await reopenKilled(storage, { settings })
  const reopened = again.get('topic', 0)
  if (reopened === undefined || readAll(reopened).length !== after.length)
    throw new Error('What a log held when it was closed is not there when it is opened again')
  await again.close()
}
