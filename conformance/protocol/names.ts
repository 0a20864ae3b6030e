import assert from 'node:assert/strict'
import {
  decodeUuid,
  encodeUuid,
  hasCollisionCharacters,
  isInternalTopic,
  metadataTopicUuid,
  parseUuid,
  topicNameProblem,
  unifiedTopicName,
  zeroUuid,
} from '@streamwright/protocol'
import { fromHex } from '@streamwright/std'
import { listAt, objectAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

/** `uuid.json`. */
export function runUuids({ content, file, report }: ProtocolRun): void {
  runCase(report, `${file.label} reserved`, () => {
    assert.deepEqual([zeroUuid, metadataTopicUuid], content['reserved'])
    assert.equal(metadataTopicUuid, content['metadataTopicId'])
  })
  for (const vector of listAt(content, 'vectors')) {
    const text = textAt(vector, 'text')
    runCase(report, `${file.label} ${text}`, () => {
      const bytes = fromHex(textAt(vector, 'hex'))
      assert.equal(decodeUuid(bytes), text)
      const written = Buffer.alloc(16)
      encodeUuid(text, written)
      assert.deepEqual(written, bytes)
      assert.equal(parseUuid(text), text)
    })
  }
  for (const vector of listAt(content, 'parse')) {
    const text = textAt(vector, 'text')
    runCase(report, `${file.label} parse "${text}"`, () => {
      if ('error' in vector) assert.throws(() => parseUuid(text), { name: 'ProtocolError' })
      else assert.equal(parseUuid(text), objectAt(vector['accepted'], 'accepted')['text'])
    })
  }
}

/** `topic-names.json`. */
export function runTopicNames({ content, file, report }: ProtocolRun): void {
  for (const vector of listAt(content, 'names')) {
    const name = textAt(vector, 'name')
    runCase(report, `${file.label} "${name.slice(0, 60)}"`, () => {
      assert.equal(topicNameProblem(name) === undefined, vector['valid'], 'valid')
      assert.equal(isInternalTopic(name), vector['internal'], 'internal')
      assert.equal(hasCollisionCharacters(name), vector['collisionChars'], 'collision characters')
      assert.equal(unifiedTopicName(name), vector['unified'], 'unified')
    })
  }
  for (const vector of listAt(content, 'collisions')) {
    const [a, b] = [textAt(vector, 'a'), textAt(vector, 'b')]
    runCase(report, `${file.label} "${a}" and "${b}"`, () => {
      assert.equal(unifiedTopicName(a) === unifiedTopicName(b), vector['collide'])
    })
  }
}
