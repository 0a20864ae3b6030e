import { Headers, toBytes } from '@streamwright/formats'
import type { Serde } from '@streamwright/streams'
import { Windowed, serdes } from '@streamwright/streams'
import { changeSerde } from '../../packages/streams/src/serdes/change-serde.ts'
import type { JsonObject } from '../json.ts'
import { listAt, textAt } from '../json.ts'
import type { ProtocolRun } from '../protocol/run.ts'
import { runCase } from '../report.ts'
import { refused, same } from './checks.ts'
import { comparable } from './forms.ts'

const headers = new Headers()
const changes = changeSerde(serdes.string)

/** Old and new values on their way to another group. */
export function runChanges({ file, content, report }: ProtocolRun): void {
  for (const [index, vector] of listAt(content, 'change').entries()) {
    runCase(report, `${file.label} change ${index}`, () => {
      const { hex } = vector
      if (typeof hex === 'string') same(hexOf(changes, changeOf(vector)), hex, 'is written as')
      else refused(() => hexOf(changes, changeOf(vector)), 'a change of nothing')
    })
  }
  for (const [index, vector] of listAt(content, 'changeDecode').entries()) {
    runCase(report, `${file.label} changeDecode ${index}`, () => {
      const bytes = Buffer.from(textAt(vector, 'hex'), 'hex')
      const result = vector['result'] as JsonObject
      const read = (): unknown => changes.deserialize(bytes, 'topic', headers)
      if ('error' in result) refused(read, textAt(vector, 'hex'))
      else same(comparable(read()), comparable(changeOf(result)), 'is read as')
    })
  }
}

function changeOf(form: JsonObject): ReturnType<typeof changes.deserialize> {
  const text = (name: string): string | null => form[name] as string | null
  return { newValue: text('new'), oldValue: text('old'), isLatest: form['isLatest'] === true }
}

/** Keys in windows, in topics and in changelogs. */
export function runWindowKeys({ file, content, report }: ProtocolRun): void {
  for (const kind of ['timeWindowed', 'sessionWindowed'] as const) {
    for (const [index, vector] of listAt(content, kind).entries()) {
      const label = `${file.label} ${kind} ${index}`
      const [startMs, endMs] = [Number(vector['start']), Number(vector['end'])]
      if (!Number.isSafeInteger(startMs) || !Number.isSafeInteger(endMs)) {
        report.skip(label, 'times beyond 2^53, which are numbers here')
        continue
      }
      const key = new Windowed(textAt(vector, 'key'), { startMs, endMs })
      runCase(report, label, () => {
        if (kind === 'sessionWindowed') return roundTrip(serdes.sessionWindowed(serdes.string), key, vector['topic'])
        const sizeMs = endMs - startMs
        roundTrip(serdes.timeWindowed(serdes.string, sizeMs), key, vector['topic'])
        roundTrip(serdes.timeWindowed(serdes.string, sizeMs, { changelog: true }), key, vector['changelog'])
      })
    }
  }
}

function roundTrip(serde: Serde<Windowed<string>>, key: Windowed<string>, hex: unknown): void {
  same(hexOf(serde, key), hex, 'is written as')
  same(comparable(serde.deserialize(Buffer.from(String(hex), 'hex'), 'topic', headers)), comparable(key), 'is read as')
}

function hexOf<T>(serde: Serde<T>, value: T): string {
  return toBytes(serde.serialize(value, 'topic', headers)).toString('hex')
}
