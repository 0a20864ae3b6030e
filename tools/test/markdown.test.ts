import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchorsOf, linksOf } from '../markdown.ts'

test('anchors of headings are those that GitHub makes', () => {
  const text =
    '# A guide: `to` *streams*\n\n## Time\n\n```sh\n# no heading\n```\n\n## Time\n\n### Emit, on_close & more\n'
  assert.deepEqual([...anchorsOf(text)], ['a-guide-to-streams', 'time', 'time-1', 'emit-on_close--more'])
})

test('links are told apart by path and anchor; those that leave the project are left out', () => {
  const text = '[a](b.md), [c](d/e.md#f), [g](#h), [i](https://example.org/#j)\n\n```text\n[k](l.md)\n```\n'
  assert.deepEqual(linksOf(text), [
    { path: 'b.md', anchor: '' },
    { path: 'd/e.md', anchor: 'f' },
    { path: '', anchor: 'h' },
  ])
})
