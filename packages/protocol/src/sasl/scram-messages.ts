/** What a client says first (RFC 5802): who it is. */
export interface ClientFirst {
  readonly authorizationId: string
  readonly username: string
  readonly nonce: string
  /** `tokenauth=true` and the like, by name. */
  readonly extensions: ReadonlyMap<string, string>
  /** The message without its header: part of what is signed. */
  readonly bare: string
}

/** What the server answers: how the password is salted. */
export interface ServerFirst {
  readonly nonce: string
  readonly salt: Buffer
  readonly iterations: number
}

/** What the client says next: its proof. */
export interface ClientFinal {
  /** Base64 of the header of the first message. */
  readonly channelBinding: string
  readonly nonce: string
  readonly proof: Buffer
  /** The message without its proof: part of what is signed. */
  readonly withoutProof: string
}

/** What the server says last: its signature, or what is wrong. */
export type ServerFinal = { readonly signature: Buffer } | { readonly error: string }

/** The header of a client that asks for no channel binding, and speaks for itself. */
const header = 'n,,'
const printable = '[\\x21-\\x2b\\x2d-\\x7e]+'
const base64 = '(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?'
const saslName = '(?:[^=,\\0]|=2C|=3D)+'
const value = '[^,\\0]+'
const extensions = `((?:,[A-Za-z]+=${value})*)`

const clientFirst = new RegExp(
  `^n,(?:a=(${saslName}))?,((?:m=${value},)?n=(${saslName}),r=(${printable})${extensions})$`,
)
const serverFirst = new RegExp(`^(?:m=${value},)?r=(${printable}),s=(${base64}),i=([0-9]{1,9})${extensions}$`)
const clientFinal = new RegExp(`^(c=(${base64}),r=(${printable})${extensions}),p=(${base64})$`)
const serverFinal = new RegExp(`^(?:e=(${value})|v=(${base64}))${extensions}$`)

/** The first message of a client. Extensions by name, such as `tokenauth`. */
export function encodeClientFirst(
  username: string,
  nonce: string,
  named: Readonly<Record<string, string>> = {},
): { readonly text: string; readonly bare: string } {
  const more = Object.entries(named).map(([name, text]) => `,${name}=${text}`)
  const bare = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}${more.join('')}`
  return { text: header + bare, bare }
}

/** Undefined for what is no such message. */
export function decodeClientFirst(text: string): ClientFirst | undefined {
  const match = clientFirst.exec(text)
  if (match === null) return undefined
  const [, authorizationId = '', bare = '', username = '', nonce = '', rest = ''] = match
  const names = rest.split(',').filter((each) => each !== '')
  const pairs = names.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] as const)
  return {
    authorizationId: nameOf(authorizationId),
    username: nameOf(username),
    nonce,
    extensions: new Map(pairs),
    bare,
  }
}

/** The first message of a server. */
export function encodeServerFirst({ nonce, salt, iterations }: ServerFirst): string {
  return `r=${nonce},s=${salt.toString('base64')},i=${iterations}`
}

/** Undefined for what is no such message. */
export function decodeServerFirst(text: string): ServerFirst | undefined {
  const match = serverFirst.exec(text)
  if (match === null) return undefined
  const [, nonce = '', salt = '', iterations = ''] = match
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations: Number(iterations) }
}

/** The second message of a client, as far as it is signed; its proof comes behind it. */
export function clientFinalWithoutProof(nonce: string): string {
  return `c=${Buffer.from(header).toString('base64')},r=${nonce}`
}

/** The second message of a client. */
export function encodeClientFinal(withoutProof: string, proof: Buffer): string {
  return `${withoutProof},p=${proof.toString('base64')}`
}

/** Undefined for what is no such message. */
export function decodeClientFinal(text: string): ClientFinal | undefined {
  const match = clientFinal.exec(text)
  if (match === null) return undefined
  const [, withoutProof = '', channelBinding = '', nonce = '', , proof = ''] = match
  return { withoutProof, channelBinding, nonce, proof: Buffer.from(proof, 'base64') }
}

/** The last message of a server. */
export function encodeServerFinal(final: ServerFinal): string {
  return 'error' in final ? `e=${final.error}` : `v=${final.signature.toString('base64')}`
}

/** Undefined for what is no such message. */
export function decodeServerFinal(text: string): ServerFinal | undefined {
  const match = serverFinal.exec(text)
  if (match === null) return undefined
  const [, error, signature = ''] = match
  return error === undefined ? { signature: Buffer.from(signature, 'base64') } : { error }
}

/** What both sides sign: all that was said. */
export function scramAuthMessage(clientFirstBare: string, serverFirstText: string, withoutProof: string): string {
  return `${clientFirstBare},${serverFirstText},${withoutProof}`
}

function nameOf(text: string): string {
  return text.replaceAll('=2C', ',').replaceAll('=3D', '=')
}
