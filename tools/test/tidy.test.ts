import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { anchorsOf, linksOf, proseOf } from '../markdown.ts'
import { root, sourceFiles } from '../source-files.ts'
import type { SourceFile } from '../source-files.ts'

const generated = 'packages/protocol/src/messages/'
const sources = sourceFiles('packages', ['.ts']).filter((file) => file.path.includes('/src/'))
const ours = ['packages', 'tools', 'conformance', 'bench', 'examples', 'docs'].flatMap((folder) =>
  existsSync(join(root, folder)) ? sourceFiles(folder, ['.ts', '.mjs', '.md', '.sh']) : [],
)
const documents = [
  ...ours.filter((file) => file.path.endsWith('.md')),
  ...sourceFiles('.', ['.md']).filter((file) => !file.path.includes('/')),
]

/** Each ban names what to use instead. `where` says which sources it holds for. */
const bans: readonly { readonly what: RegExp; readonly instead: string; readonly where: (path: string) => boolean }[] =
  [
    {
      what: /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|(?<!\.)\bset(?:Timeout|Interval|Immediate)\(|\bperformance\.now\(/,
      instead: 'the Clock, Random and Timers of the Environment that the constructor was given',
      where: (path) => !path.startsWith('packages/std/'),
    },
    { what: /^export \* /m, instead: 'an explicit list of names', where: () => true },
    { what: /\bexport default\b/, instead: 'a named export', where: () => true },
    { what: /^\s*(?:export )?(?:const )?enum\s/m, instead: 'an `as const` object', where: () => true },
    { what: /@ts-(?:ignore|nocheck|expect-error)/, instead: 'a type that fits', where: () => true },
    {
      what: /\bconsole\./,
      instead: 'the Log of the Environment, or process.stdout where output is the purpose',
      where: () => true,
    },
    { what: /(?:\/\/|\*)\s*(?:TODO|FIXME|XXX)\b/, instead: 'an issue', where: () => true },
  ]

function offenders(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const found = pattern.exec(file.text)
    return found === null ? [] : [`${file.path}:${file.text.slice(0, found.index).split('\n').length}`]
  })
}

describe('tidy', () => {
  for (const ban of bans) {
    test(`no ${ban.what.source.slice(0, 50)}: use ${ban.instead}`, () => {
      assert.deepEqual(
        offenders(
          sources.filter((file) => ban.where(file.path) && !file.path.startsWith(generated)),
          ban.what,
        ),
        [],
      )
    })
  }

  test('files are named for one concept, in kebab-case', () => {
    const badly = sources.filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.integration)?(\.test)?\.ts$/.test(file.path.split('/').at(-1) ?? ''),
    )
    const vague = sources.filter((file) => /(?:^|[/-])(utils?|helpers?|misc|common|manager|impl)\.ts$/.test(file.path))
    assert.deepEqual(
      [...badly, ...vague].map((file) => file.path),
      [],
    )
  })

  test('no file is longer than 500 lines of code', () => {
    const long = ours
      .filter((file) => file.path.endsWith('.ts') && !file.path.startsWith(generated))
      .map((file) => ({
        path: file.path,
        lines: file.text.split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length,
      }))
      .filter(({ lines }) => lines > 500)
    assert.deepEqual(long, [])
  })

  test('every package has a README, a DESIGN and tests', () => {
    const packages = new Set(sources.map((file) => file.path.split('/').slice(0, 2).join('/')))
    const missing = [...packages].flatMap((name) =>
      [`${name}/README.md`, `${name}/DESIGN.md`, `${name}/test`].filter((path) => !existsSync(join(root, path))),
    )
    assert.deepEqual(missing, [])
  })

  test('documents have one title, and their links lead somewhere', () => {
    const texts = new Map(documents.map(({ path, text }) => [path, text]))
    const broken = documents.flatMap((file) => {
      const titles = proseOf(file.text).match(/^# /gm)?.length ?? 0
      const lost = linksOf(file.text).filter(({ path, anchor }) => {
        const target = path === '' ? file.path : join(dirname(file.path), path)
        if (!existsSync(join(root, target))) return true
        return anchor !== '' && target.endsWith('.md') && !anchorsOf(texts.get(target) ?? '').has(anchor)
      })
      return [
        ...(titles === 1 ? [] : [`${file.path}: ${titles} titles`]),
        ...lost.map(({ path, anchor }) => `${file.path} → ${path}${anchor === '' ? '' : `#${anchor}`}`),
      ]
    })
    assert.deepEqual(broken, [])
  })

  test('the index of a folder of documents names all that is there', () => {
    const indexed = (index: string): Set<string> =>
      new Set(linksOf(readFileSync(join(root, index), 'utf8')).map(({ path }) => join(dirname(index), path)))
    const inDocs = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/'))
    const inExamples = documents.map(({ path }) => path).filter((path) => path.startsWith('examples/'))
    const missing = [
      ...inDocs.filter((path) => path !== 'docs/README.md' && !indexed('docs/README.md').has(path)),
      ...inExamples.filter((path) => path !== 'examples/README.md' && !indexed('examples/README.md').has(path)),
    ]
    assert.deepEqual(missing, [])
  })

  test('no skipped or focused test without its reason', () => {
    const tests = ours.filter((file) => file.path.includes('/test/') && file.path !== 'tools/test/tidy.test.ts')
    assert.deepEqual(offenders(tests, /\b(?:test|it|describe)\.(?:only|todo)\b|skip: true/), [])
  })

  test('the lockfile names no registry host', () => {
    const lockfile = sourceFiles('.', ['package-lock.json']).find((file) => file.path === 'package-lock.json')
    const hosts = [...(lockfile?.text ?? '').matchAll(/"resolved": "(https?:\/\/[^/]+)/g)].map((match) => match[1])
    assert.deepEqual(
      hosts.filter((host) => host !== 'https://registry.npmjs.org'),
      [],
    )
  })
})
