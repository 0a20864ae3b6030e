import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../tools/apache-kafka/broker.ts'
import { builtPackages } from './built-packages.ts'
import { pinned } from './pinning.ts'

// size, ApiVersions (18) v0, correlation id 1, client id "probe"
const probe = Buffer.concat([Buffer.from('0000000f00120000000000010005', 'hex'), Buffer.from('probe')])

export interface BrokerProcess {
  readonly bootstrapServers: string
  readonly pid: number
  /** From the start of the process to its first answer. */
  readonly startMs: number
  stop(): Promise<void>
}

/** Our broker as the published command `streamwright broker` starts it, in a process and a temporary directory of its own. */
export async function startBrokerProcess(
  cpus?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BrokerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-bench-'))
  const [port = 0] = await freePorts(1)
  const properties = join(folder, 'server.properties')
  const all = { listeners: `PLAINTEXT://127.0.0.1:${port}`, 'log.dirs': join(folder, 'data'), ...settings }
  const lines = Object.entries(all).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(properties, lines.join(''))
  const main = join(builtPackages(), 'cli', 'dist', 'main.js')
  const program = [process.execPath, main, 'broker', properties] as const
  const [command, ...argv] = cpus === undefined ? program : pinned(cpus, [...program])
  const startedMs = performance.now()
  const child = spawn(command, argv, { stdio: ['ignore', 'ignore', 'inherit'] })
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`The broker ended with ${child.exitCode} while starting`)
    await sleep(2)
  }
  const startMs = performance.now() - startedMs
  return {
    bootstrapServers: `127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    startMs,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(probe))
    const done = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('data', () => done(true))
    socket.once('error', () => done(false))
  })
}
