import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiDefinition } from '../../../packages/protocol/src/definitions/definition.ts'
import { kebabCase, rangeOf, requestOf } from '../../codegen/model.ts'
import { elementBytesMin, outside, shapesOf, structBytesMin, within } from '../../codegen/ranges.ts'

const shared = [
  { name: 'name', type: 'string', versions: '0+' },
  { name: 'since', type: 'int32', versions: '3+' },
] as const

const definition: ApiDefinition = {
  key: 1000,
  name: 'Example',
  versions: '0-5',
  flexible: '2+',
  listeners: ['broker'],
  request: [
    { name: 'old', type: '[]ExampleThing', versions: '0-1', fields: shared },
    { name: 'things', type: '[]ExampleThing', versions: '2+', nullable: '4+', fields: shared },
  ],
  response: [],
}

describe('the model of a message', () => {
  test('versions are ranges', () => {
    assert.deepEqual(rangeOf('3', 9), { from: 3, to: 3 })
    assert.deepEqual(rangeOf('3-5', 9), { from: 3, to: 5 })
    assert.deepEqual(rangeOf('3+', 9), { from: 3, to: 9 })
  })

  test('a struct in two places is one, for the versions of both', () => {
    const { structs } = requestOf(definition)
    assert.deepEqual(
      structs.map(({ name, range }) => ({ name, range })),
      [
        { name: 'ExampleRequestThing', range: { from: 0, to: 5 } },
        { name: 'ExampleRequest', range: { from: 0, to: 5 } },
      ],
    )
  })

  test('a field looks the same between the versions that change it', () => {
    const message = requestOf(definition)
    const struct = message.structs[1]
    const things = struct?.fields[1]
    assert.ok(struct !== undefined && things !== undefined)
    assert.deepEqual(shapesOf(message, struct, things), [
      { condition: 'version >= 4', shape: { flexible: true, nullable: true } },
      { condition: 'flexible', shape: { flexible: true, nullable: false } },
    ])
  })

  test('an element of an array takes at least the bytes of its smallest version', () => {
    const message = requestOf(definition)
    const [thing, root] = message.structs
    const things = root?.fields[1]
    assert.ok(thing !== undefined && root !== undefined && things !== undefined)
    assert.equal(structBytesMin(message, thing), 2)
    assert.equal(elementBytesMin(message, root, things, true), 2)
  })

  test('conditions leave out what is always true', () => {
    const all = { from: 0, to: 5 }
    assert.equal(within(all, all), undefined)
    assert.equal(within(all, { from: 2, to: 5 }), 'version >= 2')
    assert.equal(within(all, { from: 2, to: 3 }), 'version >= 2 && version <= 3')
    assert.equal(within(all, { from: 2, to: 2 }), 'version === 2')
    assert.equal(outside(all, { from: 2, to: 3 }), 'version < 2 || version > 3')
    assert.equal(outside(all, all), undefined)
  })

  test('names of files', () => {
    assert.equal(kebabCase('OffsetCommitValue'), 'offset-commit-value')
  })
})
