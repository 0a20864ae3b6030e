import type { KeyObject } from 'node:crypto'
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A provider of tokens (OIDC) on loopback: signs what clients ask for, and tells with which key. */
export interface TokenProvider {
  /** The keys that its tokens are signed with (JWKS). */
  readonly keysUrl: string
  /** Where a client gets a token that is good for an hour. */
  readonly tokenUrl: string
  /** Where it gets one that is no longer good. */
  readonly expiredUrl: string
  /** Where it gets something that is no token. */
  readonly malformedUrl: string
}

/** Who may have tokens. */
export interface TokenClient {
  readonly id: string
  readonly secret: string
  /** Of the key that it signs assertions with (RFC 7523), in PEM. */
  readonly certificate: string
  readonly scope: string
}

const keyId = 'conformance'
const lifetimeSeconds = 3600

/** Starts one, which does not keep the process alive. */
export async function startTokenProvider(client: TokenClient): Promise<TokenProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keys = JSON.stringify({
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }],
  })
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost')
      const isEntitled = pathname === '/keys' || (await mayHaveToken(request, client))
      response.writeHead(isEntitled ? 200 : 401, { 'content-type': 'application/json' })
      if (!isEntitled) response.end('{"error":"access_denied"}')
      else if (pathname === '/keys') response.end(keys)
      else response.end(tokenAnswer(pathname === '/malformed' ? 'no token' : tokenOf(pathname, client, privateKey)))
    }
    void answer()
  })
  server.listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    keysUrl: `${url}/keys`,
    tokenUrl: `${url}/token`,
    expiredUrl: `${url}/expired`,
    malformedUrl: `${url}/malformed`,
  }
}

/** By its secret, by an assertion that it signed, or as a machine of a cloud that says what it wants. */
async function mayHaveToken(request: IncomingMessage, client: TokenClient): Promise<boolean> {
  if (request.method === 'GET') return asksAsMachine(new URL(request.url ?? '', 'http://localhost').searchParams)
  const form = new URLSearchParams(await text(request))
  if (![null, client.scope].includes(form.get('scope'))) return false
  const assertion = form.get('assertion')
  if (assertion !== null) return isSigned(assertion, createPublicKey(client.certificate))
  const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
  return form.get('grant_type') === 'client_credentials' && request.headers.authorization === `Basic ${basic}`
}

/** As Azure's service for its own machines wants it. */
function asksAsMachine(query: URLSearchParams): boolean {
  return ['api-version', 'resource', 'client_id'].every((name) => query.has(name))
}

/** By the key that is known, and with no other algorithm than it is for. */
function isSigned(token: string, key: KeyObject): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { readonly alg?: unknown }
  if (alg !== 'RS256') return false
  return verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))
}

function tokenOf(pathname: string, { id, scope }: TokenClient, key: KeyObject): string {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const issuedAt = pathname === '/expired' ? nowSeconds - 2 * lifetimeSeconds : nowSeconds
  const claims = { sub: id, client_id: id, scope, iat: issuedAt, exp: issuedAt + lifetimeSeconds }
  const signed = [{ alg: 'RS256', typ: 'JWT', kid: keyId }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
}

function tokenAnswer(token: string): string {
  return JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds })
}
