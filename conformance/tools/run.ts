import type { JsonObject } from '../json.ts'
import { isRecord, listAt, objectAt, textAt } from '../json.ts'
import type { Report } from '../report.ts'
import type { VectorFile } from '../vector-file.ts'
import { reasonToSkip } from './reason-to-skip.ts'
import { runTerminalSession, sessionsOf } from './terminal-session.ts'
import { runToolCase } from './tool-case.ts'

/** Cases wait more than they work: for time-outs that Java's tools were given. */
const concurrentCases = 8

/** Replays transcripts of Kafka's command-line tools with ours. */
export async function runToolVectors(file: VectorFile, report: Report): Promise<void> {
  const sessions = isRecord(file.content) ? sessionsOf(file.content) : []
  if (sessions.length > 0) return runSessions(sessions, file.label, report)
  if (!isRecord(file.content) || !Array.isArray(file.content['cases'])) {
    report.skip(file.label, 'not cases, but sessions or data about the tools')
    return
  }
  const late: JsonObject[] = []
  const waiting = listAt(objectAt(file.content, file.label), 'cases').values()
  const lane = async (): Promise<void> => {
    for (const vector of waiting) {
      const name = `${file.label} ${textAt(vector, 'id')}`
      const reason = reasonToSkip(vector)
      if (reason !== undefined) {
        report.skip(name, reason)
        continue
      }
      const difference = await runToolCase(vector).catch((error: unknown) => String(error))
      if (difference === undefined) report.pass(name)
      else if (JSON.stringify(vector).includes('"--timeout-ms"')) late.push(vector)
      else report.fail(name, difference)
    }
  }
  await Promise.all(Array.from({ length: concurrentCases }, lane))
  // A time-out that was recorded on a machine with nothing else to do may be too short among so many: once more, alone.
  for (const vector of late) {
    const name = `${file.label} ${textAt(vector, 'id')}`
    const difference = await runToolCase(vector).catch((error: unknown) => String(error))
    if (difference === undefined) report.pass(name)
    else report.fail(name, difference)
  }
}

async function runSessions(sessions: readonly JsonObject[], label: string, report: Report): Promise<void> {
  for (const [index, session] of sessions.entries()) {
    const difference = await runTerminalSession(session).catch((error: unknown) => String(error))
    if (difference === undefined) report.pass(`${label} session ${index}`)
    else report.fail(`${label} session ${index}`, difference)
  }
}
