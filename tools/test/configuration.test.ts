import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configurationDocument } from '../configuration/document.ts'

test('the settings in docs/configuration.md are those of the code: npm run configuration writes them', () => {
  const { stands, should } = configurationDocument()
  assert.equal(stands, should)
})
