import * as fs from 'node:fs'
import { join } from 'node:path'
import { StreamwrightError } from '@streamwright/std'
import { isMissing } from './storage.ts'

/** Directories that this process has taken: a process id alone cannot tell two brokers of one process apart. */
const takenHere = new Set<string>()

/**
 * Takes a data directory by a `.lock` file that names its owner. Node offers no file locks, so an owner that was
 * killed leaves the file behind; it counts for nothing once that process is gone (or its id belongs to a process
 * that started at another time).
 */
export function takeDirectory(path: string): () => void {
  const directory = fs.realpathSync(path)
  const lockPath = join(directory, '.lock')
  if (takenHere.has(directory)) throw inUse(directory, 'this process')
  const mine = ownerText(process.pid)
  // Twice is enough: after an abandoned lock was moved away, only a live rival can have made another one.
  for (let attempt = 0; attempt < 3; attempt++) {
    if (createLock(lockPath, mine)) {
      takenHere.add(directory)
      return () => {
        if (takenHere.delete(directory)) fs.rmSync(lockPath, { force: true })
      }
    }
    const found = readLock(lockPath)
    if (found !== undefined && isAlive(found)) throw inUse(directory, `process ${found.split(' ')[0] ?? '?'}`)
    if (found !== undefined) removeAbandoned(lockPath, found)
  }
  throw inUse(directory, 'another process')
}

/** The id of the process that has a data directory, if it is alive; for whoever wants to end that broker. */
export function dataDirectoryOwner(path: string): number | undefined {
  const found = readLock(join(path, '.lock'))
  return found !== undefined && isAlive(found) ? Number.parseInt(found, 10) : undefined
}

function createLock(lockPath: string, content: string): boolean {
  try {
    // Written under another name first, so that no rival ever reads half a lock.
    const draft = `${lockPath}.${process.pid}`
    fs.writeFileSync(draft, content)
    try {
      fs.linkSync(draft, lockPath)
    } finally {
      fs.rmSync(draft, { force: true })
    }
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error
    return createWithoutLinks(lockPath, content)
  }
}

function createWithoutLinks(lockPath: string, content: string): boolean {
  try {
    fs.writeFileSync(lockPath, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

function readLock(lockPath: string): string | undefined {
  try {
    return fs.readFileSync(lockPath, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Moves the file away before looking again: a rival may have replaced it since it was read. */
function removeAbandoned(lockPath: string, seen: string): void {
  const aside = `${lockPath}.abandoned.${process.pid}`
  try {
    fs.renameSync(lockPath, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if (fs.readFileSync(aside, 'utf8') !== seen && !fs.existsSync(lockPath)) fs.renameSync(aside, lockPath)
  else fs.rmSync(aside, { force: true })
}

function isAlive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10)
  // An empty file is what Apache Kafka leaves behind; its own lock on it ended with its process.
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return false
  }
  return ownerText(pid) === owner.trim()
}

/** Process id and, where the system tells it, the time at which the process started, in ticks since boot. */
function ownerText(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${pid} ${afterName[19] ?? ''}`.trim()
  } catch {
    return String(pid)
  }
}

function inUse(directory: string, owner: string): StreamwrightError {
  return new StreamwrightError(
    `The data directory ${directory} is in use by ${owner}. Stop that broker or choose another directory`,
    { code: 'DATA_DIRECTORY_IN_USE' },
  )
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
