import assert from 'node:assert/strict'
import test from 'node:test'
import { present, systemTimers } from '@streamwright/std'
import { compileRegex, matchingNames } from '../src/regular-expression.ts'

test('expressions are those of RE2, and match whole names', async () => {
  const regex = await compileRegex('orders-(eu|us)(?i)-A')
  assert.ok(typeof regex !== 'string')
  const names = ['orders-eu-a', 'orders-us-A', 'orders-eu-a2', 'my-orders-eu-a']
  assert.deepEqual([...(await matchingNames(regex, names, systemTimers))], ['orders-eu-a', 'orders-us-A'])
  assert.equal(await compileRegex('(?=a)b'), 'invalid or unsupported Perl syntax')
  assert.equal(await compileRegex('(a)\\1'), 'invalid escape sequence')
  assert.equal(await compileRegex('a{1001}'), 'invalid repeat count')
  assert.equal(await compileRegex('((a{100}){100}){100}'), 'invalid repeat count')
})

test('an expression on which backtracking never ends takes a moment, and others get their turn', async () => {
  const regex = present(await compileRegex('(a*)*(a|aa)+b'), 'It is valid')
  assert.ok(typeof regex !== 'string')
  const names = Array.from({ length: 200 }, (_, index) => `${'a'.repeat(200)}${index}`)
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns += 1
    if (!isDone) systemTimers.afterIo(count)
  }
  count()
  assert.equal((await matchingNames(regex, names, systemTimers)).size, 0)
  isDone = true
  assert.ok(turns > 5)
})
