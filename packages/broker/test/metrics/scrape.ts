import assert from 'node:assert/strict'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { Broker } from '../../src/index.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One HTTP request on a connection of its own. */
export function ask(
  broker: Pick<Broker, 'metricsPort'>,
  path: string,
  method = 'GET',
  body?: string,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: broker.metricsPort, path, method, agent: false }
    const asking = request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const { statusCode = 0, headers } = response
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

const samplePattern = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (\S+)$/

/** Reads Prometheus' text format, and holds it to its rules: HELP and TYPE first, each series once. */
export function parseMetrics(text: string): ReadonlyMap<string, number> {
  assert.ok(text.endsWith('\n'), 'The last line ends')
  const types = new Map<string, string>()
  const helps = new Set<string>()
  const samples = new Map<string, number>()
  let current = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === 'HELP') {
      assert.ok(!helps.has(name), `${name} is begun once`)
      helps.add(name)
      assert.notEqual(rest, '', `${name} has a help`)
      current = name
    } else if (kind === 'TYPE') {
      assert.equal(name, current, 'TYPE follows HELP')
      assert.match(rest, /^(counter|gauge|histogram)$/)
      types.set(name, rest)
    } else {
      const [, sampleName = '', labels = '', value = ''] = samplePattern.exec(line) ?? []
      assert.notEqual(sampleName, '', `Not a sample: ${line}`)
      const type = types.get(current)
      const isOfHistogram = type === 'histogram' && /_(bucket|sum|count)$/.test(sampleName)
      const family = isOfHistogram ? sampleName.replace(/_(bucket|sum|count)$/, '') : sampleName
      assert.equal(family, current, `${sampleName} stands with its HELP and TYPE`)
      const number = value === '+Inf' ? Infinity : Number(value)
      assert.ok(!Number.isNaN(number), `${line} has a value`)
      if (type !== 'gauge') assert.ok(number >= 0, `${line} counts`)
      if (type === 'counter') assert.match(sampleName, /_total$/)
      assert.ok(!samples.has(sampleName + labels), `${line} is told once`)
      samples.set(sampleName + labels, number)
    }
  }
  return samples
}

/** The metrics of a broker, checked. */
export async function scrape(broker: Broker): Promise<(series: string) => number> {
  const { status, headers, body } = await ask(broker, '/metrics')
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8')
  const samples = parseMetrics(body)
  return (series) => samples.get(series) ?? NaN
}
