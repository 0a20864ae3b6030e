import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AssertionError,
  StateMachine,
  compareBytes,
  createLog,
  delay,
  equalBytes,
  fromHex,
  parseProperties,
  present,
  safeNumber,
  seededRandom,
  systemTimers,
  assert as insist,
  toHex,
} from '@streamwright/std'
import * as fc from 'fast-check'

describe('std', () => {
  test('an assertion that fails says that it is our bug', () => {
    assert.throws(
      () => insist(false, 'Water is dry'),
      (error: unknown) => error instanceof AssertionError && /a bug in Streamwright/.test(error.message),
    )
    assert.throws(() => present(null, 'It is there'), AssertionError)
    assert.equal(present(0, 'It is there'), 0)
  })

  test('bytes compare as Buffer.compare does', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (left, right) => {
        assert.equal(Math.sign(compareBytes(left, right)), Buffer.compare(left, right))
        assert.equal(equalBytes(left, right), Buffer.compare(left, right) === 0)
      }),
    )
  })

  test('hexadecimal goes both ways and refuses other text', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => assert.deepEqual(new Uint8Array(fromHex(toHex(bytes))), bytes)))
    assert.throws(() => fromHex('0g'), RangeError)
    assert.throws(() => fromHex('abc'), RangeError)
  })

  test('a 64-bit number beyond 2^53 is refused by name', () => {
    assert.equal(safeNumber(2n ** 53n - 1n, 'offset'), 2 ** 53 - 1)
    assert.throws(() => safeNumber(2n ** 53n, 'offset'), /offset 9007199254740992/)
  })

  test('a seed repeats its sequence and stays in bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
        const first = seededRandom(seed)
        const second = seededRandom(seed)
        for (let round = 0; round < 20; round++) {
          const value = first.below(bound)
          assert.equal(value, second.below(bound))
          assert.ok(value >= 0 && value < bound)
        }
      }),
    )
  })

  test('a state machine walks its table and nowhere else', () => {
    const seen: string[] = []
    const machine = new StateMachine(
      'Door',
      { open: ['closed'], closed: ['open', 'locked'], locked: [] },
      'open',
      (next, previous) => seen.push(`${previous}>${next}`),
    )
    machine.transitionTo('closed')
    assert.equal(machine.can('locked'), true)
    machine.transitionTo('locked')
    assert.throws(() => machine.transitionTo('open'), /Door cannot go from locked to open/)
    assert.deepEqual(seen, ['open>closed', 'closed>locked'])
  })

  test('a delay ends early when its signal is aborted', async () => {
    const controller = new AbortController()
    const waiting = delay(systemTimers, 60_000, controller.signal)
    controller.abort(new Error('no more'))
    await assert.rejects(waiting, /no more/)
    await assert.rejects(delay(systemTimers, 60_000, controller.signal), /no more/)
    await delay(systemTimers, 0)
  })

  test('the log is quiet below its level, and structured above', () => {
    const lines: string[] = []
    const clock = { wallMs: () => 0, monotonicMs: () => 0 }
    const log = createLog({ clock, write: (line) => lines.push(line) }).child({ broker: 1 })
    log.info('not shown')
    log.warn('slow disk', { path: '/a b', took: 5n, error: new Error('why') })
    createLog({ clock, format: 'json', write: (line) => lines.push(line) }).error('bad', { count: 1n })
    assert.deepEqual(lines, [
      '1970-01-01T00:00:00.000Z WARN  slow disk broker=1 path="/a b" took="5" error="why"',
      '{"time":"1970-01-01T00:00:00.000Z","level":"error","message":"bad","count":"1"}',
    ])
  })

  test('properties are read as Java reads them', () => {
    const text =
      '# comment\n! another\n\nplain=value\ncolon: text with spaces \nspaced   name value\nlong=one,\\\n     two\npath=C\\:\\\\dir\nempty=\nunicode=\\u00e9\nnovalue'
    assert.deepEqual(parseProperties(text), {
      plain: 'value',
      colon: 'text with spaces ',
      spaced: 'name value',
      long: 'one,two',
      path: 'C:\\dir',
      empty: '',
      unicode: 'é',
      novalue: '',
    })
  })
})
