import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Claims = Readonly<Record<string, unknown>>

/** How a token differs from a good one. */
export interface TokenFault {
  readonly alg?: string
  readonly kid?: string
  readonly key?: KeyObject
}

/** Who issues tokens, for tests: with the keys, and an endpoint where `id` with `secret` gets a token. */
export interface TokenIssuer {
  readonly jwksUrl: string
  readonly tokenUrl: string
  /** Requests for tokens so far. */
  readonly requests: URLSearchParams[]
  /** What the next requests for a token are answered with in place of one. */
  readonly failures: number[]
  readonly publicKey: KeyObject
  readonly token: (claims: Claims, fault?: TokenFault) => string
  close(): Promise<void>
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

export async function startTokenIssuer(lifetimeSeconds = 3600): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const requests: URLSearchParams[] = []
  const failures: number[] = []
  const nowSeconds = (): number => Math.floor(Date.now() / 1000)
  const token = (claims: Claims, { alg = 'ES256', kid = 'one', key = privateKey }: TokenFault = {}): string => {
    const signed = `${part({ alg, kid })}.${part({ exp: nowSeconds() + lifetimeSeconds, ...claims })}`
    if (alg === 'none') return `${signed}.`
    const signature =
      alg === 'HS256'
        ? createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }))
            .update(signed)
            .digest()
        : sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/keys') {
      response.end(JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] }))
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => void (body += text))
    request.on('end', () => {
      requests.push(new URLSearchParams(body))
      const failure = failures.shift()
      const isKnown = request.headers.authorization === `Basic ${Buffer.from('id:secret').toString('base64')}`
      if (failure !== undefined || !isKnown) {
        response.statusCode = failure ?? 401
        response.end(JSON.stringify({ error: 'invalid_client' }))
        return
      }
      response.end(JSON.stringify({ access_token: token({ sub: 'alice' }), expires_in: lifetimeSeconds }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    jwksUrl: `${url}/keys`,
    tokenUrl: `${url}/token`,
    requests,
    failures,
    publicKey,
    token,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
