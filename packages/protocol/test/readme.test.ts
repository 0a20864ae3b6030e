import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeResponse } from '../src/frames.ts'
import { metadata } from '../src/messages/metadata.ts'
import { Reader } from '../src/primitives/reader.ts'
import { response } from './readme-example.ts'

test('the example of the README is this one, and it runs', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const example = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8')
  assert.ok(readme.includes(example.replace('export const response: readonly Uint8Array[]', 'const response')))
  const { body } = decodeResponse(metadata, 12, new Reader(Buffer.concat(response).subarray(4)))
  assert.equal(body.topics[0]?.errorCode, 3)
  assert.equal(body.brokers[0]?.host, 'localhost')
})
