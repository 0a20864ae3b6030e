import { PassThrough } from 'node:stream'
import { startBroker } from '@streamwright/broker'
import { delay, environmentWith, silentLog, systemTimers } from '@streamwright/std'
import { runTool } from '../../packages/cli/src/command-line/tool.ts'
import type { JsonObject } from '../json.ts'
import { listAt, objectAt, textAt } from '../json.ts'
import { authorizer } from './authorizer.ts'
import { tools } from './tool-names.ts'
import type { Surroundings } from './transcript.ts'
import { differenceOf, fill } from './transcript.ts'

const environment = environmentWith({ log: silentLog })
/** Who types waits until there is something to answer. */
const typingMs = 300
const endOfInput = '\u0004'

/** Replays a session at a terminal on a broker of its own. Resolves with what was different, or undefined. */
export async function runTerminalSession(session: JsonObject): Promise<string | undefined> {
  const run = objectAt(session['run'], 'run')
  const expected = objectAt(session['expect'], 'expect')
  const settings = textAt(run, 'tool') === 'kafka-acls' ? authorizer : {}
  const broker = await startBroker({ port: 0, inMemory: true, environment, settings })
  const brokers = [`127.0.0.1:${broker.port}`]
  const surroundings: Surroundings = {
    ...{ directory: '', brokers, controllers: [], logDirectories: [], unreachablePort: 0 },
  }
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  let out = ''
  let error = ''
  try {
    const tool = tools[textAt(run, 'tool')]
    if (tool === undefined) return `there is no tool ${textAt(run, 'tool')}`
    const argv = (run['argv'] as readonly string[]).map((word) => fill(word, surroundings))
    const ended = runTool(tool, argv, {
      stdin,
      out: (text) => void (out += text),
      error: (text) => void (error += text),
      interrupted: new AbortController().signal,
      environment,
    })
    for (const line of listOf(run['typed'])) {
      await delay(systemTimers, typingMs)
      if (line === endOfInput) stdin.end()
      else stdin.write(line)
    }
    const status = await ended
    const ends = String(expected['terminalOutput']).endsWith('\n')
    const lines = String(expected['terminalOutput']).replace(/\n$/, '').split('\n')
    const difference = differenceOf({ status, out, error }, { ...expected, stdout: lines }, surroundings)
    return difference ?? (out.endsWith('\n') === ends ? undefined : 'one of both ends in a newline')
  } finally {
    stdin.end()
    await broker.close()
  }
}

/** The sessions of a file, if it has any. */
export function sessionsOf(content: JsonObject): readonly JsonObject[] {
  const sessions = Array.isArray(content['sessions']) ? listAt(content, 'sessions') : []
  return sessions.filter((session) => session['run'] !== undefined)
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
