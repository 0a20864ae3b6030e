import { javaMethods } from './java-methods.ts'
import type { JavaMethod } from './java-methods.ts'
import type { JavaClass, Place } from './places.ts'
import { adminClass } from './admin-class.ts'
import { dslClasses } from './dsl-classes.ts'
import { optionClasses, windowClasses } from './option-classes.ts'
import { runtimeClasses } from './runtime-classes.ts'
import { storeClasses } from './store-classes.ts'
import { testingClasses } from './testing-classes.ts'

type AnyPlace = Place<Readonly<Record<string, unknown>>>

/** Where every public method of Kafka Streams and of the admin client went, in Java's order of classes. */
export const placedClasses: readonly JavaClass[] = [
  ...dslClasses,
  ...optionClasses,
  ...windowClasses,
  ...runtimeClasses,
  ...storeClasses,
  ...testingClasses,
  adminClass,
]

interface Row {
  readonly java: string
  overloads: number
  readonly place: AnyPlace
}

/** What does not fit together: methods without a place, and places for methods that Java does not have. */
export function misplaced(): readonly string[] {
  const found: string[] = []
  const java = javaMethods()
  const placed = new Map(placedClasses.map((one) => [one.java, one]))
  for (const [name, methods] of java) {
    const keys = new Set(Object.keys(placed.get(name)?.methods ?? {}))
    for (const method of methods) {
      const key = keyOf(placed.get(name), method)
      if (key === undefined) found.push(`${name}.${method.signature} has no place`)
      else keys.delete(key)
    }
    for (const key of keys) found.push(`${name}.${key} is placed, but Java has no such method`)
  }
  for (const { java: name } of placedClasses) if (!java.has(name)) found.push(`${name} is placed, but not a class`)
  return found
}

/** The section of the document: a table for each class. */
export function methodTables(): string {
  const counts = { done: 0, renamed: 0, 'left out': 0, later: 0 }
  const sections = placedClasses.map((one) => {
    const rows = rowsOf(one, javaMethods().get(one.java) ?? [])
    for (const row of rows) counts[statusOf(row)] += row.overloads
    const ours = one.ours === one.java || one.ours === '' ? '' : ` → \`${one.ours}\``
    return [`### ${one.java}${ours}`, '', '| Java | ours | |', '|---|---|---|', ...rows.map(line)].join('\n')
  })
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const sum = `Of ${total} public methods and constructors, ${counts.done} are done by their names, ${counts.renamed} by another, ${counts['left out']} are left out and ${counts.later} are for later. A number in brackets counts overloads: where Java has one for each combination, ours has options.`
  return [sum, ...sections].join('\n\n')
}

function keyOf(one: JavaClass | undefined, method: JavaMethod): string | undefined {
  if (one === undefined) return undefined
  if (Object.hasOwn(one.methods, method.signature)) return method.signature
  return Object.hasOwn(one.methods, method.name) ? method.name : undefined
}

function rowsOf(one: JavaClass, methods: readonly JavaMethod[]): readonly Row[] {
  const rows = new Map<string, Row>()
  for (const method of methods) {
    const key = keyOf(one, method)
    const place = key === undefined ? undefined : one.methods[key]
    if (key === undefined || place === undefined) continue
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { java: key, overloads: 1, place })
    else row.overloads++
  }
  return [...rows.values()]
}

function statusOf({ java, place }: Row): 'done' | 'renamed' | 'left out' | 'later' {
  if (typeof place === 'object' && 'leftOut' in place) return 'left out'
  if (typeof place === 'object' && 'later' in place) return 'later'
  const members = membersOf(place)
  const name = java.split('(')[0]
  return members.includes('new') || (members.length === 1 && members[0] === name) ? 'done' : 'renamed'
}

function membersOf(place: Exclude<AnyPlace, { leftOut: string } | { later: string }>): readonly string[] {
  if (typeof place === 'string') return [place]
  if ('is' in place) return typeof place.is === 'string' ? [place.is] : place.is
  return place
}

function line(row: Row): string {
  const { java, overloads, place } = row
  const theirs = `\`${java}\`${overloads > 1 ? ` (${overloads})` : ''}`
  if (typeof place === 'object' && 'leftOut' in place) return `| ${theirs} | — | left out: ${place.leftOut} |`
  if (typeof place === 'object' && 'later' in place) return `| ${theirs} | — | later: ${place.later} |`
  const members = membersOf(place).map((name) => `\`${name}\``)
  const note = typeof place === 'object' && 'note' in place ? `: ${place.note}` : ''
  return `| ${theirs} | ${members.join(', ')} | ${statusOf(row)}${note} |`
}
