import type { Admin, DelegationToken } from '@streamwright/client'
import { columns } from '../command-line/columns.ts'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption, show, wantsJson } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'

const actions = { create, renew, expire, describe } as const

/** One below zero is none of the options. */
const number = /^-?\d+$/

const isAction = (name: string): name is keyof typeof actions => name in actions

/** What each action needs, and what it does not go with. */
const rules: Readonly<Record<keyof typeof actions, { needs: readonly string[]; excludes: readonly string[] }>> = {
  create: { needs: ['max-life-time-period'], excludes: ['hmac', 'renew-time-period', 'expiry-time-period'] },
  renew: {
    needs: ['hmac', 'renew-time-period'],
    excludes: ['renewer-principal', 'max-life-time-period', 'expiry-time-period', 'owner-principal'],
  },
  expire: {
    needs: ['hmac', 'expiry-time-period'],
    excludes: ['renew', 'max-life-time-period', 'renew-time-period', 'owner-principal'],
  },
  describe: { needs: [], excludes: ['renew-time-period', 'max-life-time-period', 'hmac', 'expiry-time-period'] },
}

/** `kafka-delegation-tokens`: creates, renews, expires and describes what programs log in with in a user's place. */
export const delegationTokensTool: Tool = {
  name: 'kafka-delegation-tokens',
  about: 'This tool helps to create, renew, expire, or describe delegation tokens.',
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'command-config': {
      about: 'A file of admin client settings: tokens are for those who have logged in.',
      argumentName: 'file',
    },
    create: { about: 'Create a token.', argument: 'none' },
    renew: { about: 'Renew a token.', argument: 'none' },
    expire: { about: 'Let a token expire.', argument: 'none' },
    describe: { about: 'Show tokens: those of --owner-principal, or all that may be seen.', argument: 'none' },
    'owner-principal': {
      about: 'Whom tokens stand for, as type:name.',
      argument: 'optional',
      argumentName: 'principal',
      repeatable: true,
    },
    'renewer-principal': {
      about: 'Who may renew the token besides its owner, as type:name.',
      argument: 'optional',
      argumentName: 'principal',
      repeatable: true,
    },
    'max-life-time-period': {
      about: 'How long the token lives at most; -1 for what the broker allows.',
      argument: 'optional',
      argumentName: 'ms',
      argumentForm: number,
    },
    'renew-time-period': {
      about: "How long the token is renewed for; -1 for the broker's default.",
      argument: 'optional',
      argumentName: 'ms',
      argumentForm: number,
    },
    'expiry-time-period': {
      about: 'After how long the token expires; -1 for at once.',
      argument: 'optional',
      argumentName: 'ms',
      argumentForm: number,
    },
    hmac: { about: 'The secret of the token, in base64.', argument: 'optional', argumentName: 'text' },
    ...outputOption,
  },
  async run(options, terminal) {
    const [action, ...more] = Object.keys(actions).filter((name) => options.has(name))
    if (action === undefined || !isAction(action) || more.length > 0)
      throw new UsageError('Command must include exactly one action: --create, --renew, --expire or --describe')
    options.required('bootstrap-server')
    options.required('command-config')
    for (const name of rules[action].needs) options.required(name)
    options.exclude(action, rules[action].excludes)
    try {
      await withAdmin(options, terminal, (admin) => actions[action](admin, options, terminal))
      return 0
    } catch (error) {
      if (error instanceof UsageError || error instanceof ArgumentError) throw error
      terminal.error(`${javaError(error, `${action}DelegationToken`).text}\n`)
      return 1
    }
  },
}

async function create(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const renewers = principals(options, 'renewer-principal')
  const maxLifetimeMs = options.integer('max-life-time-period') ?? -1
  say(
    options,
    terminal,
    `Calling create token operation with renewers :[${renewers.join(', ')}] , max-life-time-period :${maxLifetimeMs}\n`,
  )
  const [owner] = principals(options, 'owner-principal')
  const token = await admin.createDelegationToken({ renewers, maxLifetimeMs, ...(owner !== undefined && { owner }) })
  show(options, terminal, contentOf(token), () => {
    terminal.out(`Created delegation token with tokenId : ${token.tokenId}\n${tableOf([token])}`)
  })
}

async function renew(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const hmac = options.value('hmac') ?? ''
  const renewTimePeriodMs = options.integer('renew-time-period') ?? -1
  say(options, terminal, `Calling renew token operation with hmac :${hmac} , renew-time-period :${renewTimePeriodMs}\n`)
  const expiryTimestampMs = await admin.renewDelegationToken(bytesOf(hmac), { renewTimePeriodMs })
  show(options, terminal, { expiryTimestampMs }, () => {
    terminal.out(`Completed renew operation. New expiry date : ${minuteOf(expiryTimestampMs)}`)
  })
}

async function expire(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const hmac = options.value('hmac') ?? ''
  const expiryTimePeriodMs = options.integer('expiry-time-period') ?? -1
  say(
    options,
    terminal,
    `Calling expire token operation with hmac :${hmac} , expire-time-period :${expiryTimePeriodMs}\n`,
  )
  const expiryTimestampMs = await admin.expireDelegationToken(bytesOf(hmac), { expiryTimePeriodMs })
  show(options, terminal, { expiryTimestampMs }, () => {
    terminal.out(`Completed expire operation. New expiry date : ${minuteOf(expiryTimestampMs)}`)
  })
}

async function describe(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const owners = principals(options, 'owner-principal')
  const whose = owners.length === 0 ? 'current user.' : `owners: [${owners.join(', ')}]`
  say(options, terminal, `Calling describe token operation for ${whose}\n`)
  const tokens = await admin.describeDelegationTokens(owners.length === 0 ? {} : { owners })
  show(options, terminal, tokens.map(contentOf), () => {
    terminal.out(`Total number of tokens : ${tokens.length}${tableOf(tokens)}`)
  })
}

/** What Kafka's tool says while it works has no place in a JSON document. */
function say(options: ParsedOptions, terminal: Terminal, text: string): void {
  if (!wantsJson(options)) terminal.out(text)
}

function principals(options: ParsedOptions, name: string): string[] {
  return options.values(name).map((text) => {
    const principal = text.trim()
    if (!/^[^:]+:.+$/.test(principal))
      throw new ArgumentError(`expected a string in format principalType:principalName but got ${principal}`)
    return principal
  })
}

function bytesOf(hmac: string): Buffer {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(hmac)) throw new ArgumentError('The value of --hmac is not base64')
  return Buffer.from(hmac, 'base64')
}

function contentOf(token: DelegationToken): object {
  return { ...token, hmac: token.hmac.toString('base64') }
}

function tableOf(tokens: readonly DelegationToken[]): string {
  const lines = [
    ['TOKENID', 'HMAC', 'OWNER', 'REQUESTER', 'RENEWERS', 'ISSUEDATE', 'EXPIRYDATE', 'MAXDATE'],
    ...tokens.map((token) => [
      ...[token.tokenId, token.hmac.toString('base64'), token.owner, token.requester],
      `[${token.renewers.join(', ')}]`,
      ...[minuteOf(token.issueTimestampMs), minuteOf(token.expiryTimestampMs), minuteOf(token.maxTimestampMs)],
    ]),
  ]
  return lines.map((line) => `\n${columns([15, 30, 15, 15, 25, 15, 15, 15], line)}\n`).join('')
}

/** `2026-01-31T23:59`, by the clock of the place. */
function minuteOf(timestampMs: number): string {
  const date = new Date(timestampMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
