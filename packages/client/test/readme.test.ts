import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { example } from './readme-example.ts'
import { withBroker } from './support/test-broker.ts'

test('the example of the README is this one, and it runs', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const source = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8')
  const body = source.slice(source.indexOf('  const admin'), source.indexOf('  return orders'))
  assert.ok(readme.includes(body.replaceAll(/^ {2}/gm, '')))
  await withBroker(
    async ({ client }) => {
      assert.deepEqual(await example(client), ['1:0', 'anna: 2 coffees'])
    },
    { 'group.initial.rebalance.delay.ms': '0' },
  )
})
