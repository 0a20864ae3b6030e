import type { TestEvent } from 'node:test/reporters'

/**
 * Says only what is worth reading: each failure with its cause, each skipped test with its reason, the slowest files,
 * and the totals. A healthy run is a few lines.
 */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0
  let failed = 0
  let skipped = 0
  for await (const event of events) {
    if (event.type === 'test:stdout' || event.type === 'test:stderr') {
      yield event.data.message
    } else if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { name, file, line, details, skip } = event.data
      const error = 'error' in details ? details.error : undefined
      if (details.type === 'suite' && event.type === 'test:pass') continue
      if (skip !== undefined && skip !== false) {
        skipped += 1
        yield `skipped: ${name} (${skip === true ? 'no reason given' : skip})\n`
      } else if (event.type === 'test:pass') passed += 1
      else {
        // A suite fails because a test in it did: that one is told already.
        if (details.type === 'suite' && error?.message.includes('subtest') === true) continue
        failed += 1
        yield `\nFAILED: ${name}\n  at ${file ?? '?'}:${line ?? '?'}\n${indent(describeError(error ?? new Error('failed')))}\n`
      }
    }
  }
  yield `${passed} passed, ${failed} failed, ${skipped} skipped\n`
}

function describeError(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
