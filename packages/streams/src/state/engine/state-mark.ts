import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '@streamwright/std'

/** Raised when our layout inside LMDB changes: state of another version is wiped and restored. */
const formatVersion = 1

/** The LMDB file of a task; LMDB keeps its lock file next to it. */
export const dataFile = 'state.mdb'
const lockFile = `${dataFile}-lock`

/** Plain text beside the data, `version:boot id`: a torn LMDB file must be noticed before it is mapped. */
export const markFile = 'state.mark'

/**
 * Deletes the LMDB files of a directory unless they were written by this version since the last boot of the machine,
 * and leaves the mark that says so. Comes before LMDB opens them: reading a torn map ends the process with SIGBUS.
 */
export function ensureMark(directory: string, log: Log): void {
  const expected = `${formatVersion}:${bootId()}`
  const found = readMark(directory)
  if (found === expected) return
  const data = join(directory, dataFile)
  if (existsSync(data)) {
    log.warn('Local state may be torn by a power failure or is of another version; it is wiped and restored', {
      directory,
      found: found ?? 'none',
      expected,
    })
  }
  // Data before mark: a crash in between finds the old mark again, and nothing to delete.
  removeLmdbFiles(directory)
  writeMark(directory, expected)
}

/** Deletes what LMDB keeps in a directory. */
export function removeLmdbFiles(directory: string): void {
  rmSync(join(directory, dataFile), { force: true })
  rmSync(join(directory, lockFile), { force: true })
}

function readMark(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, markFile), 'utf8')
  } catch {
    return undefined
  }
}

function writeMark(directory: string, mark: string): void {
  const path = join(directory, markFile)
  const temporary = `${path}.tmp`
  const file = openSync(temporary, 'w', 0o640)
  try {
    writeSync(file, mark)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

/** Changes with each boot of the machine; constant where the system does not say. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
