import assert from 'node:assert/strict'
import { fromHex } from '@streamwright/std'
import { Reader, Writer } from '@streamwright/protocol'
import type { MessageCodec } from '../../packages/protocol/src/api.ts'
import type { JsonObject } from '../json.ts'
import { listAt, numberAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { KnownMessage } from './codecs.ts'
import { codecOf, knownMessage } from './codecs.ts'
import { encoded } from './encoded.ts'
import { checkEncodeRule } from './encode-rules.ts'
import { checkHeaders } from './headers.ts'
import { fromJson, toJson } from './message-json.ts'
import type { ProtocolRun } from './run.ts'

/** `messages/api`: headers, request and response of an API. */
export async function runApi(run: ProtocolRun): Promise<void> {
  const { content, file, report } = run
  const api = textAt(content, 'api')
  const key = numberAt(content, 'key')
  for (const headers of listAt(content, 'headers')) {
    runCase(report, `${file.label} headers v${numberAt(headers, 'v')}`, () => checkHeaders(key, headers))
  }
  await runVectors(run, `${api}Request`, 'request', ['requestEncode', 'requestReject'])
  await runVectors(run, `${api}Response`, 'response', ['responseEncode', 'responseReject'])
}

/** The other folders of `messages`: one message of its own. */
export async function runMessage(run: ProtocolRun): Promise<void> {
  await runVectors(run, textAt(run.content, 'message'), 'vectors', ['encode', 'reject'])
}

async function runVectors(
  run: ProtocolRun,
  name: string,
  list: string,
  [rules, rejects]: readonly [string, string],
): Promise<void> {
  const { content, file, report } = run
  const message = knownMessage(name)
  const cases = [...listAt(content, list), ...listAt(content, rules), ...listAt(content, rejects)]
  if (message === undefined) {
    for (const index of cases.keys())
      report.fail(`${file.label} ${name} ${index}`, 'There is no definition of this message')
    return
  }
  const codec = await codecOf(message)
  const label = list === 'vectors' ? file.label : `${file.label} ${list}`
  for (const vector of listAt(content, list)) {
    const title = `${label} v${numberAt(vector, 'v')} ${textAt(vector, 'case')}`
    runCase(report, title, () => checkVector(message, codec, vector))
  }
  for (const rule of listAt(content, rules)) {
    const title = `${label} encode ${textAt(rule, 'rule')} ${textAt(rule, 'field')}`
    runCase(report, title, () => checkEncodeRule(message, codec, rule))
  }
  for (const [index, reject] of listAt(content, rejects).entries()) {
    const title = `${label} v${numberAt(reject, 'v')} reject ${textAt(reject, 'case')} #${index}`
    runCase(report, title, () => checkReject(codec, reject))
  }
}

function checkVector(message: KnownMessage, codec: MessageCodec<unknown>, vector: JsonObject): void {
  const version = numberAt(vector, 'v')
  const hex = textAt(vector, 'hex')
  const json = objectAt(vector['json'], 'json')
  const bytes = fromHex(hex)
  const reader = new Reader(bytes)
  const decoded = codec.decode(reader, version) as JsonObject
  assert.equal(reader.remaining, 0, 'bytes are left after decoding')
  const expected = vector['decoded'] ?? json
  assert.deepEqual(toJson(message.fields, decoded, message.newest, version), expected, 'decoded')
  assert.equal(encoded(codec, version, fromJson(message.fields, json)).toString('hex'), hex, 'encoded')
  if (vector['decoded'] === undefined)
    assert.equal(encoded(codec, version, decoded).toString('hex'), hex, 'decoded and encoded again')
  if (textAt(vector, 'case') === 'defaults')
    assert.equal(encoded(codec, version, {}).toString('hex'), hex, 'defaults, encoded')
  if ('framed' in vector) checkFramed(message, codec, version, bytes, fromHex(textAt(vector, 'framed')))
}

/** Coordinator records: the type before a key, the version before a value. */
function checkFramed(
  message: KnownMessage,
  codec: MessageCodec<unknown>,
  version: number,
  body: Buffer,
  framed: Buffer,
): void {
  const reader = new Reader(framed)
  const prefix = reader.int16()
  assert.equal(prefix, message.kind === 'coordinator-key' ? message.recordType : version, 'the number before the body')
  const again = new Writer()
  again.int16(prefix)
  codec.encode(again, version, codec.decode(reader, version) as object)
  assert.equal(again.toBuffer().toString('hex'), framed.toString('hex'), 'framed')
  assert.equal(framed.subarray(2).toString('hex'), body.toString('hex'), 'body of the framed record')
}

function checkReject(codec: MessageCodec<unknown>, reject: JsonObject): void {
  const version = numberAt(reject, 'v')
  const bytes = fromHex(textAt(reject, 'hex'))
  assert.throws(() => codec.decode(new Reader(bytes), version), { name: 'ProtocolError' })
}
