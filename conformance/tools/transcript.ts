import type { JsonObject } from '../json.ts'

/** What a tool printed, and how it ended. */
export interface Printed {
  readonly status: number | 'does not end'
  readonly out: string
  readonly error: string
}

/** What placeholders stand for in one case. */
export interface Surroundings {
  /** The case's own. */
  readonly directory: string
  /** `host:port` of each, in the order of their ids. */
  readonly brokers: readonly string[]
  readonly controllers: readonly string[]
  readonly logDirectories: readonly string[]
  readonly unreachablePort: number
}

/** Help is ours to write; it only has to be there, over any number of lines. */
const free = '[^]*\\S[^]*'
const id = '[A-Za-z0-9_-]{22}'
const dateTime = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

const patterns: Readonly<Record<string, string>> = {
  ...{ topicId: id, clusterId: id, directoryId: id, id22: id, uuid },
  ...{ timestampMs: '\\d{13}', logTime: `${dateTime},\\d{3}`, dateTime: `${dateTime}:\\d{3}` },
  ...{ producerId: '\\d+', crc: '\\d+', n: '-?\\d+(?:\\.\\d+)?', epoch: '\\d+', hash: '[0-9a-f]+' },
  ...{
    streamsClient: '\\S+',
    streamsMember: '\\S+',
    role: '(?:Leader|Follower|Observer)',
    text: '.*',
    indent: ' ?\\t',
  },
  ...{ description: free, options: free, usage: free, help: free },
}

const placeholder = /\{([A-Za-z0-9]+)(?::([^}/]+))?(\/\d+)?\}/g

/**
 * Java's client advertises a group protocol that is not here yet whenever a group is joined. And a tool's own stack
 * trace, or a text of the JVM or of a library, cannot be ours: that something is said is what counts.
 */
const advertisement = /^The consumer rebalance protocol \(KIP-848\) is production-ready!/
const ofJava =
  /joptsimple|NumberFormatException|cannot be cast|\b(?!org\.apache\.kafka\.common\.errors\.)(?:[a-z]+\.){2,}[A-Z]/

/** A broker may create these later, or never. */
const internalTopics = /__(?:consumer_offsets|transaction_state|share_group_state)\b/

/** Where only some lines count, the number of all is that of the recorded cluster, with what earlier cases left there. */
const countOfAll = /^(Processed a total of )\d+(?= messages$)/

/** Text of a case, with what stands for the surroundings filled in. */
export function fill(text: string, surroundings: Surroundings): string {
  const { directory, brokers, controllers, logDirectories, unreachablePort } = surroundings
  const one = (list: readonly string[], number: string): string => list[Number(number || '1') - 1] ?? ''
  const port = (address: string): string => address.replace(/^.*:/, '')
  return text
    .replaceAll('{bootstrap}', brokers.join())
    .replaceAll(/\{broker(\d)\}/g, (_all, number: string) => one(brokers, number))
    .replaceAll(/\{port(\d?)\}/g, (_all, number: string) => port(one(brokers, number)))
    .replaceAll(/\{controller(\d?)\}/g, (_all, number: string) => one(controllers, number))
    .replaceAll(/\{controllerPort(\d?)\}/g, (_all, number: string) => port(one(controllers, number)))
    .replaceAll(/\{logDir(\d?)\}/g, (_all, number: string) => one(logDirectories, number))
    .replaceAll('{unreachable}', `127.0.0.1:${unreachablePort}`)
    .replaceAll('{workdir}', directory)
    .replaceAll(/\{file:([^}]+)\}/g, (_all, name: string) => `${directory}/${name}`)
}

/** Says how what a tool printed differs from what was recorded; undefined when it does not. */
export function differenceOf(
  printed: Printed,
  expected: JsonObject,
  surroundings: Surroundings,
  showsInternal = false,
): string | undefined {
  if (printed.status !== expected['exit']) {
    return `ends with ${printed.status}, recorded ${String(expected['exit'])}\n${printed.out}${printed.error}`
  }
  const leaveOut = showsInternal ? internalTopics : undefined
  const stackTrace = expected['stackTraceOmitted'] === true
  const errorLines = linesOf(expected['stderr'])
  // Some tools print it to standard output.
  const isInError = errorLines.length > 0
  const out = new Stream(linesOf(expected['stdout']), expected, stackTrace && !isInError, surroundings, leaveOut)
  const partly = expected['keep'] !== undefined
  const counted = partly ? errorLines.map((line) => line.replace(countOfAll, '$1{n}')) : errorLines
  // Only standard output is compared in part.
  const { keep: _keep, split: _split, ...whole } = expected
  const error = new Stream(counted, whole, stackTrace && isInError, surroundings, leaveOut)
  const order = { out: expected['order'], error: expected['stderrOrder'] }
  const logged = Array.isArray(expected['logs'])
  return (
    named('standard output', out.differenceOf(printed.out, order.out)) ??
    // What Java said by its logger, ours may say in lines of its own.
    named(
      'standard error',
      logged && error.isEmpty ? undefined : error.differenceOf(printed.error, order.error, logged),
    )
  )
}

function named(stream: string, difference: string | undefined): string | undefined {
  return difference === undefined ? undefined : `${stream}: ${difference}`
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line): line is string => typeof line === 'string') : []
}

class Stream {
  readonly #recorded: readonly string[]
  readonly #firstOnly: boolean
  readonly #keep: RegExp | undefined
  readonly #split: RegExp | undefined
  readonly #surroundings: Surroundings
  readonly #leaveOut: RegExp | undefined
  readonly #wordsHaveOrder: boolean

  constructor(
    recorded: readonly string[],
    expected: JsonObject,
    firstOnly: boolean,
    surroundings: Surroundings,
    leaveOut: RegExp | undefined,
  ) {
    this.#leaveOut = leaveOut
    this.#wordsHaveOrder = expected['wordOrder'] !== 'any'
    this.#recorded = this.#ordered(this.#compared(recorded))
    this.#firstOnly = firstOnly
    this.#keep = regularExpression(expected['keep'], withPlaceholders)
    this.#split = regularExpression(expected['split'])
    this.#surroundings = surroundings
  }

  get isEmpty(): boolean {
    return this.#recorded.length === 0
  }

  differenceOf(text: string, order: unknown, mayHaveMore = false): string | undefined {
    const lines = this.#ordered(this.#lines(text))
    const different = `printed\n${lines.join('\n')}\nrecorded\n${this.#recorded.join('\n')}`
    if (this.#firstOnly || this.#recorded.some((line) => ofJava.test(line))) {
      const [first = ''] = this.#recorded
      const isFree = first === '' || ofJava.test(first)
      const isThere = isFree ? text.trim() !== '' : lines.some((line) => this.#pattern(first).test(line))
      return isThere ? undefined : different
    }
    if (mayHaveMore) {
      return this.#recorded.every((line) => lines.some((each) => this.#pattern(line).test(each)))
        ? undefined
        : different
    }
    return this.#matches(lines, order) ? undefined : different
  }

  /** Where Java prints sets, the words of a line have no order. */
  #ordered(lines: readonly string[]): readonly string[] {
    if (this.#wordsHaveOrder) return lines
    return lines.map((line) => (line.includes('{') ? line : (line.match(/[^\s,[\]]+/g) ?? []).toSorted().join(' ')))
  }

  #matches(lines: readonly string[], order: unknown): boolean {
    switch (order) {
      case 'lines':
        return this.#pairUp(this.#recorded, lines)
      case 'blocks':
        return this.#pairUp(groups(this.#recorded, startsBlock), groups(lines, startsBlock))
      case 'paragraphs':
        return this.#pairUp(groups(this.#recorded, startsParagraph), groups(lines, startsParagraph))
      case 'repeat':
        return new RegExp(`^${this.#recorded.map((line) => `(?:${this.#source(line)}\n)+`).join('')}$`).test(
          lines.map((line) => `${line}\n`).join(''),
        )
      default:
        return this.#pattern(this.#recorded.join('\n')).test(lines.join('\n'))
    }
  }

  /** Each recorded text has a printed one of its own, and none is left. */
  #pairUp(recorded: readonly string[], printed: readonly string[]): boolean {
    const left = [...printed]
    for (const text of recorded) {
      const pattern = this.#pattern(text)
      const index = left.findIndex((each) => pattern.test(each))
      if (index < 0) return false
      left.splice(index, 1)
    }
    return left.length === 0
  }

  #lines(text: string): string[] {
    const normal = text.replaceAll('\r\n', '\n').replace(/\n$/, '')
    const lines = this.#compared(normal === '' && !text.startsWith('\n') ? [] : normal.split('\n'))
    const split = this.#split
    const pieces = split === undefined ? lines : lines.flatMap((line) => line.split(split))
    return this.#keep === undefined ? pieces : pieces.filter((line) => this.#keep?.test(line) === true)
  }

  /** A line that is left out takes along the indented ones below it, which are about the same thing. */
  #compared(lines: readonly string[]): string[] {
    let isLeftOut = false
    return lines.filter((line) => {
      isLeftOut = this.#leaveOut?.test(line) === true || (isLeftOut && line.startsWith('  '))
      return !isLeftOut && !advertisement.test(line)
    })
  }

  #pattern(text: string): RegExp {
    return new RegExp(`^${this.#source(text)}$`)
  }

  #source(text: string): string {
    let source = ''
    let end = 0
    const filled = fill(text, this.#surroundings)
    for (const match of filled.matchAll(placeholder)) {
      const pattern = patterns[match[1] ?? '']
      if (pattern === undefined) continue
      source += RegExp.escape(filled.slice(end, match.index)) + pattern + (match[3] === undefined ? '' : ' *')
      end = match.index + match[0].length
    }
    return source + RegExp.escape(filled.slice(end))
  }
}

function regularExpression(value: unknown, change = (source: string): string => source): RegExp | undefined {
  return typeof value === 'string' ? new RegExp(change(value)) : undefined
}

/** `^\\{n\\} records` finds a recorded line with its placeholder, and has to find the printed one with a number. */
function withPlaceholders(source: string): string {
  return source.replaceAll(/\\\{(\w+)\\\}/g, (all, name: string) => {
    const pattern = patterns[name]
    return pattern === undefined ? all : `(?:${all}|${pattern})`
  })
}

function startsBlock(line: string): boolean {
  return !/^[ \t]/.test(line)
}

function startsParagraph(_line: string, before: string | undefined): boolean {
  return before === ''
}

function groups(lines: readonly string[], starts: (line: string, before: string | undefined) => boolean): string[] {
  const found: string[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || starts(line, lines[index - 1])) found.push(line)
    else found.push(`${found.pop() ?? ''}\n${line}`)
  }
  return found.map((group) => group.trimEnd())
}
