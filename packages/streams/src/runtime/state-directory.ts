import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '@streamwright/std'
import { StreamsError } from '../errors.ts'
import type { TaskId } from '../processor/task-id.ts'
import { taskIdText } from '../processor/task-id.ts'

const layoutVersion = 1
const metadataFile = 'streamwright-process.json'
const lockFile = '.lock'

interface ProcessMetadata {
  readonly layoutVersion: number
  readonly processId: string
}

/** `$XDG_STATE_HOME/streamwright`, or what stands for it: survives a reboot, unlike a temporary directory. */
export function defaultStateDirectory(): string {
  const home = process.env['XDG_STATE_HOME']
  return join(home !== undefined && home !== '' ? home : join(homedir(), '.local', 'state'), 'streamwright')
}

/**
 * The files of one application on this machine: `<state.dir>/<application.id>/<task>/…`, a process id that survives
 * restarts, and a lock that keeps a second process out. The layout is ours, with a version, never Java's.
 */
export class StateDirectory {
  readonly path: string
  readonly processId: string
  #locked = false

  constructor(stateDirectory: string, applicationId: string, environment: Environment) {
    this.path = join(stateDirectory, applicationId)
    mkdirSync(this.path, { recursive: true, mode: 0o750 })
    this.#lock()
    this.processId = this.#readOrMakeProcessId(environment)
  }

  taskDirectory(task: TaskId): string {
    return join(this.path, taskIdText(task))
  }

  /** Where global stores keep their files. */
  get globalDirectory(): string {
    return join(this.path, 'global')
  }

  /** Tasks that have left files here, whoever runs them now. */
  tasksWithState(): TaskId[] {
    return readdirSync(this.path).flatMap((name) => {
      const match = /^(\d+)_(\d+)$/.exec(name)
      return match === null ? [] : [{ subtopology: Number(match[1]), partition: Number(match[2]) }]
    })
  }

  close(): void {
    if (!this.#locked) return
    this.#locked = false
    rmSync(join(this.path, lockFile), { force: true })
  }

  /**
   * The lock holds the process id of the system. One whose process is gone, or was started by a process that is now
   * another one, was left by a crash and is taken over.
   */
  #lock(): void {
    const path = join(this.path, lockFile)
    for (const attempt of [1, 2]) {
      try {
        const file = openSync(path, 'wx')
        writeSync(file, `${process.pid} ${processStart(process.pid)}`)
        closeSync(file)
        this.#locked = true
        return
      } catch (cause) {
        if (!isAlreadyThere(cause)) throw cause
        const [pid, started] = readFileSync(path, 'utf8').split(' ')
        const holder = Number(pid)
        if (
          attempt === 2 ||
          (Number.isInteger(holder) && holder > 0 && processStart(holder) === started && started !== '')
        ) {
          throw new StreamsError(
            `The state directory ${this.path} is used by process ${pid}. Stop that one, or give this instance another state.dir`,
            { code: 'STATE_DIRECTORY_LOCKED', cause },
          )
        }
        rmSync(path, { force: true })
      }
    }
  }

  #readOrMakeProcessId(environment: Environment): string {
    const path = join(this.path, metadataFile)
    try {
      const metadata: ProcessMetadata = JSON.parse(readFileSync(path, 'utf8'))
      if (metadata.layoutVersion === layoutVersion) return metadata.processId
    } catch {
      // Missing or torn: made anew below. The id only serves to keep tasks where their state is.
    }
    const processId = uuidOf(environment.random.bytes(16))
    const metadata: ProcessMetadata = { layoutVersion, processId }
    writeFileSync(path, JSON.stringify(metadata))
    return processId
  }
}

/** Removes all local state of an application that is not running here. */
export function removeState(stateDirectory: string, applicationId: string): void {
  rmSync(join(stateDirectory, applicationId), { recursive: true, force: true })
}

/** A mark of when a process began, so that a reused process id is told apart; empty when there is no such process. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    try {
      // Systems without /proc: the process id alone has to do.
      statSync('/proc/self')
      return ''
    } catch {
      return isAlive(pid) ? 'alive' : ''
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

function uuidOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
