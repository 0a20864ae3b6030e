import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Admin } from '@streamwright/client'
import * as streams from '@streamwright/streams'
import { compatibilityDocument } from '../compatibility/document.ts'
import { javaMethods } from '../compatibility/java-methods.ts'
import { misplaced, placedClasses } from '../compatibility/method-table.ts'
import type { JavaClass } from '../compatibility/places.ts'

type Class = { readonly prototype: object }

/** The members that stand for methods of a class that exists at run time here. */
function members(one: JavaClass): string[] {
  return Object.values(one.methods).flatMap((place) => {
    if (typeof place === 'string') return [place]
    if ('leftOut' in place || 'later' in place) return []
    return 'is' in place ? place.is : place
  })
}

describe('the table of Java’s methods', () => {
  test('has a place for each public method of Kafka Streams and of the admin client, and no other', () => {
    assert.equal([...javaMethods().values()].flat().length, 831)
    assert.deepEqual(misplaced(), [])
  })

  test('stands in docs/compatibility.md as it follows from the code: npm run compatibility writes it', () => {
    const { stands, should } = compatibilityDocument()
    assert.equal(stands, should)
  })

  // The compiler knows the members of types; that classes have them when they run is seen here.
  const exported = new Map<string, unknown>([...Object.entries(streams), ['Admin', Admin]])
  const classes = placedClasses.filter((one) => typeof exported.get(one.ours) === 'function')
  test('names methods that the classes of the DSL and the admin client have', () => {
    assert.ok(classes.length >= 15, `only ${classes.length} classes found`)
    const dsl = classes.filter(({ java }) => java.startsWith('K') || java.includes('KStream') || java === 'Admin')
    const missing = dsl.flatMap((one) => {
      const { prototype } = exported.get(one.ours) as Class
      return members(one).filter((name) => name !== 'new' && !(name in prototype))
    })
    assert.deepEqual(missing, [])
  })
})
