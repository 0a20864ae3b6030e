import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandLevel } from '../../src/command-line/command-line-parser.ts'
import { CommandLineError, parseCommandLine, parseCommandOptions } from '../../src/command-line/command-line-parser.ts'
import { wrapped } from '../../src/command-line/wrapped-text.ts'

// What is expected here is what Kafka's tools with commands said to the same.

const general: CommandLevel = {
  options: [
    { flags: ['--bootstrap-server'], about: '' },
    { flags: ['--bootstrap-controller'], about: '' },
  ],
  exclusive: [{ flags: ['--bootstrap-server', '--bootstrap-controller'], isRequired: true }],
}
const commands: Readonly<Record<string, CommandLevel>> = {
  remove: {
    options: [
      { flags: ['--id', '-i'], about: '', type: 'integer', isRequired: true },
      { flags: ['--directory', '-d'], about: '', isRequired: true },
      { flags: ['--dry-run'], about: '', type: 'flag' },
      { flags: ['--note'], about: '', isRepeatable: true },
    ],
  },
}

function parse(line: string): unknown {
  try {
    const parsed = parseCommandLine(line === '' ? [] : line.split(' '), general, commands)
    return 'helpOf' in parsed ? parsed : Object.fromEntries(parsed.values)
  } catch (error) {
    assert.ok(error instanceof CommandLineError)
    return error.message
  }
}

test('options may be written in all of their ways, before and after the command', () => {
  const expected = { 'bootstrap-server': ['h:1'], id: ['3'], directory: ['x'], note: ['a', 'b'] }
  assert.deepEqual(parse('--bootstrap-server h:1 remove -i 3 -d x --note a --note b'), expected)
  assert.deepEqual(parse('--bootstrap-s=h:1 remove --id=3 --dir x --note=a --note b'), expected)
  assert.deepEqual(parse('remove --help'), { helpOf: 'remove' })
})

test('a wrong command line is refused for the right reason', () => {
  const cases: Readonly<Record<string, string>> = {
    '': 'too few arguments',
    sideways: "invalid choice: 'sideways' (choose from 'remove')",
    'remove -i 3 -d x': 'one of the arguments --bootstrap-server --bootstrap-controller is required',
    '--bootstrap-server a --bootstrap-controller b remove':
      'argument --bootstrap-controller: not allowed with argument --bootstrap-server',
    '--bootstrap-server a remove': 'argument --directory/-d is required',
    '--bootstrap-server a remove -d x': 'argument --id/-i is required',
    '--bootstrap-server a remove -i x': 'argument --id/-i: could not convert \'x\' to Integer (For input string: "x")',
    '--bootstrap-server a remove -i': 'argument --id/-i: expected one argument',
    '--bootstrap-server a remove --frobnicate': "unrecognized arguments: '--frobnicate'",
    '--bootstrap-server a remove stray': "unrecognized arguments: 'stray'",
    '--bootstrap x remove': 'ambiguous option: --bootstrap could match --bootstrap-server, --bootstrap-controller',
  }
  for (const [line, message] of Object.entries(cases)) assert.equal(parse(line), message)
})

test('long lines are broken and stretched', () => {
  assert.equal(
    wrapped('kafka-metadata-quorum: error: one of the arguments --bootstrap-server --bootstrap-controller is required'),
    'kafka-metadata-quorum: error: one  of  the  arguments --bootstrap-server --\nbootstrap-controller is required',
  )
  assert.equal(
    wrapped('kafka-metadata-quorum: error: argument --controller-directory-id/-d is required'),
    'kafka-metadata-quorum:  error:  argument   --controller-directory-id/-d  is\nrequired',
  )
  assert.equal(wrapped('short'), 'short')
  assert.equal(
    wrapped('kafka-producer-perf-test: error: --num-records should be greater than zero.'),
    'kafka-producer-perf-test:  error:  --num-records  should  be  greater  than\nzero.',
  )
})

test('a list takes words up to the next option, numbers below zero too; the last one counts', () => {
  const level: CommandLevel = {
    options: [
      { flags: ['--props'], about: '', type: 'list' },
      { flags: ['--rate'], about: '', type: 'double' },
    ],
  }
  const values = (line: string): unknown => {
    const parsed = parseCommandOptions(line.split(' '), level)
    return 'helpOf' in parsed ? parsed : Object.fromEntries(parsed)
  }
  assert.deepEqual(values('--props a=1 -2 --rate 1e3'), { props: ['a=1', '-2'], rate: ['1e3'] })
  assert.deepEqual(values('--props a=1 --props b=1 c=1'), { props: ['b=1', 'c=1'] })
  assert.throws(() => values('--props --rate 1'), { message: 'argument --props: expected 1 argument(s)' })
  assert.throws(() => values('--rate x'), {
    message: `argument --rate: could not convert 'x' to Double (For input string: "x")`,
  })
})
