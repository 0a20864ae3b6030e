import assert from 'node:assert/strict'

/** What a reader of a picture finds in it. */
export interface ReadPicture {
  /** By id. */
  readonly labels: ReadonlyMap<string, string>
  /** Ids of the things inside, by the label of the box. */
  readonly boxes: ReadonlyMap<string, readonly string[]>
  readonly arrows: readonly (readonly [from: string, to: string])[]
}

/** Reads DOT by its grammar (graphviz.org/doc/info/lang.html), as far as pictures of topologies use it. */
export function readDot(text: string): ReadPicture {
  const tokens = [
    ...text.matchAll(/\s*(?:("(?:[^"\\]|\\[^])*")|(->|[{}[\]=,;])|([A-Za-z_][A-Za-z_0-9]*|-?\d+(?:\.\d+)?))\s*/gy),
  ].map(([whole, string, sign, word]) => ({ whole, string, sign, word }))
  assert.equal(tokens.map(({ whole }) => whole).join(''), text, 'all of it is DOT')
  const labels = new Map<string, string>()
  const boxes = new Map<string, string[]>()
  const arrows: (readonly [string, string])[] = []
  let at = 0
  const sign = (wanted: string): boolean => tokens[at]?.sign === wanted && at++ >= 0
  const expect = (wanted: string): void => assert.ok(sign(wanted), `${wanted} at token ${at}`)
  const id = (): string => {
    const token = tokens[at++]
    if (token?.word !== undefined) return token.word
    assert.ok(token?.string !== undefined, `an id at token ${at}`)
    return unescaped(token.string)
  }
  const attributes = (): Map<string, string> => {
    const found = new Map<string, string>()
    if (!sign('[')) return found
    while (!sign(']')) {
      const name = id()
      expect('=')
      found.set(name, id())
      sign(',')
    }
    return found
  }
  const statements = (inside: string[] | undefined): string | undefined => {
    let label: string | undefined
    expect('{')
    while (!sign('}')) {
      const first = id()
      if (first === 'subgraph') {
        assert.match(id(), /^cluster_/)
        const items: string[] = []
        boxes.set(statements(items) ?? '', items)
      } else if (sign('=')) {
        const value = id()
        if (first === 'label') label = value
      } else if (sign('->')) {
        arrows.push([first, id()])
        attributes()
      } else {
        const given = attributes().get('label')
        if (given !== undefined) {
          labels.set(first, given)
          inside?.push(first)
        }
      }
      sign(';')
    }
    return label
  }
  assert.equal(id(), 'digraph')
  id()
  statements(undefined)
  assert.equal(at, tokens.length)
  return { labels, boxes, arrows }
}

/** What Graphviz shows of a quoted label. */
function unescaped(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replaceAll(/\\([^])/g, (_all, sign: string) => (sign === 'n' ? '\n' : sign))
    .replaceAll('&amp;', '&')
}

const shapes = String.raw`(?:\(\["([^"]*)"\]\)|\[\/"([^"]*)"\/\]|\[\("([^"]*)"\)\]|\["([^"]*)"\])`
const mermaidLines = {
  item: new RegExp(String.raw`^ +([a-z]+\d+)${shapes}(?::::[A-Za-z]+)?$`, 'u'),
  box: /^ +subgraph ([a-z]+\d+)\["([^"]*)"\]$/u,
  end: /^ +end$/,
  arrow: /^ +([a-z]+\d+) (?:-->|-\.-) ([a-z]+\d+)$/,
  style: /^ +classDef [A-Za-z]+ [a-z-]+:[^;]+$/,
}

/** Reads a flowchart of Mermaid, one statement a line. */
export function readMermaid(text: string): ReadPicture {
  const labels = new Map<string, string>()
  const boxes = new Map<string, string[]>()
  const arrows: (readonly [string, string])[] = []
  const [head, ...lines] = text.split('\n')
  assert.match(head ?? '', /^flowchart (?:TB|LR)$/)
  assert.equal(lines.pop(), '')
  let inside: string[] | undefined
  for (const line of lines) {
    const item = mermaidLines.item.exec(line)
    const box = mermaidLines.box.exec(line)
    const arrow = mermaidLines.arrow.exec(line)
    if (item !== null) {
      labels.set(item[1] ?? '', shown(item.slice(2).find((label) => label !== undefined) ?? ''))
      inside?.push(item[1] ?? '')
    } else if (box !== null) {
      assert.equal(inside, undefined)
      inside = []
      boxes.set(shown(box[2] ?? ''), inside)
    } else if (mermaidLines.end.test(line)) {
      assert.ok(inside !== undefined)
      inside = undefined
    } else if (arrow !== null) arrows.push([arrow[1] ?? '', arrow[2] ?? ''])
    else assert.match(line, mermaidLines.style)
  }
  assert.equal(inside, undefined)
  return { labels, boxes, arrows }
}

/** What Mermaid shows of a label: it must hold nothing that Mermaid, Markdown or HTML would take for its own. */
function shown(label: string): string {
  const plain = label.replaceAll(/#\d+;/g, '')
  assert.doesNotMatch(plain, /["`<>&#;:%\\{}|*~[\]\r\n]/)
  return label.replaceAll(/#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
}
