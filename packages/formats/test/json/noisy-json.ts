/** Numbers from a seed. */
export class Choices {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 to below `bound`. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }

  oneIn(count: number): boolean {
    return this.below(count) === 0
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T
  }
}

const foreign = ['null', '[1,{"x":[]}]', '"te\\u0078t"', '{"id":7}', '-1.5e+3', 'true', '{}', '[[[[[[[[]]]]]]]]']

/** JSON of a value as another program may write it: spaces, escapes, other forms of numbers, any order, more fields. */
export function noisyJson(value: unknown, choices: Choices): string {
  const space = (): string => (choices.oneIn(4) ? choices.of([' ', '\n', '\t', '\r\n', '   ']) : '')
  const text = (given: string): string => {
    const plain = JSON.stringify(given)
    if (!choices.oneIn(4)) return plain
    return `"${Array.from(plain.slice(1, -1).replaceAll('/', '\\/'), (letter) => escaped(letter, choices)).join('')}"`
  }
  const json = (given: unknown): string => {
    if (typeof given === 'bigint') return String(given)
    if (typeof given === 'string') return text(given)
    if (typeof given === 'number') return numeral(given, choices)
    if (Array.isArray(given)) return `[${given.map((each) => space() + json(each) + space()).join(',')}${space()}]`
    if (typeof given !== 'object' || given === null) return JSON.stringify(given)
    const members = Object.entries(given).map(([name, each]) => [name, json(each)] as const)
    if (choices.oneIn(3)) members.sort(() => choices.below(3) - 1)
    if (choices.oneIn(3))
      members.splice(choices.below(members.length + 1), 0, [
        choices.of(['extra', '__proto__', 'é']),
        choices.of(foreign),
      ])
    // The first of two members of one name does not count.
    const twin = choices.oneIn(5) ? members.at(-1) : undefined
    if (twin !== undefined) members.splice(0, 0, [twin[0], choices.of([...foreign, twin[1]])])
    if (choices.oneIn(12)) members.splice(choices.below(members.length), 1)
    return `{${members.map(([name, each]) => `${space()}${text(name)}${space()}:${space()}${each}${space()}`).join(',')}${space()}}`
  }
  return space() + json(value) + space()
}

function escaped(letter: string, choices: Choices): string {
  const code = letter.charCodeAt(0)
  if (letter.length > 1 || code < 0x30 || code === 0x5c || !choices.oneIn(6)) return letter
  // A letter behind a backslash may be part of an escape; the mutation then gives another text, or none.
  const hex = code.toString(16).padStart(4, '0')
  return `\\u${choices.oneIn(2) ? hex : hex.toUpperCase()}`
}

function numeral(value: number, choices: Choices): string {
  const plain = JSON.stringify(value)
  if (!choices.oneIn(3)) return Object.is(value, -0) ? '-0' : plain
  const withDecimals = /[.e]/.test(plain) ? plain : `${plain}.${'0'.repeat(1 + choices.below(18))}`
  return choices.of([
    value.toExponential(),
    value.toExponential().replace('e', 'E'),
    withDecimals,
    plain.replace('e', '0e'),
  ])
}

const mutants = [...Array.from('{}[]":,\\ 0123456789.eE+-tfnu\n'), 'null', 'true', '\u0001', '😀', '"a":1,']

/** The bytes of a text with one to three mistakes, most of them where structure is. */
export function mutated(text: string, choices: Choices): Buffer {
  let bytes = Buffer.from(text)
  for (let count = choices.oneIn(2) ? 1 : 2 + choices.below(2); count > 0; count--) {
    const structure = [...bytes.keys()].filter((at) => '{}[]:,"'.includes(String.fromCharCode(bytes[at] ?? 0)))
    const isStructural = structure.length > 0 && !choices.oneIn(3)
    const at = isStructural ? choices.of(structure) + choices.below(2) : choices.below(bytes.length + 1)
    const cut = choices.oneIn(2) ? 0 : choices.below(3)
    const inserted = choices.oneIn(6)
      ? Buffer.of(choices.below(256))
      : Buffer.from(choices.of([...mutants, ',', ',', '']))
    bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + cut)])
  }
  return bytes
}
