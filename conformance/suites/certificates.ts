import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runStep } from './program.ts'

/** Paths of files in PEM, unless their names end otherwise. */
export interface Certificates {
  /** Of the authority that signed the others; `authority.der` is beside it. */
  readonly authority: string
  /** The broker's key, its certificate for 127.0.0.1 and localhost, in one file as Kafka wants it. */
  readonly keyStore: string
  /** A client's key and certificate: `client.key`, `client.crt`, the same with `.der`, and both in `client.p12`. */
  readonly client: string
}

/** Of the client's PKCS12 file. */
export const certificatePassword = 'conformance'

/** An authority, a broker's certificate and a client's, made once by openssl, for ten years. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const authority = join(folder, 'authority.pem')
  const keyStore = join(folder, 'broker.pem')
  const made = { authority, keyStore, client: join(folder, 'client') }
  if (existsSync(`${made.client}.p12`)) return made
  mkdirSync(folder, { recursive: true })
  const openssl = (...argv: string[]): Promise<string> =>
    runStep(`openssl ${argv[0] ?? ''}`, 'openssl', argv, { cwd: folder })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '3650']
  await openssl('req', '-x509', ...key, '-keyout', 'authority.key', '-out', authority, '-subj', '/CN=conformance')
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  for (const [name, subject] of [
    ['broker', '/CN=localhost'],
    ['client', '/CN=client'],
  ] as const) {
    await openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject)
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', authority, '-CAkey', 'authority.key', '-CAcreateserial'],
      ...['-days', '3650', '-extfile', 'names', '-out', `${name}.crt`],
    )
  }
  await openssl('x509', '-in', authority, '-outform', 'DER', '-out', 'authority.der')
  await openssl('x509', '-in', 'client.crt', '-outform', 'DER', '-out', 'client.crt.der')
  await openssl('rsa', '-in', 'client.key', '-outform', 'DER', '-out', 'client.key.der')
  await openssl(
    ...['pkcs12', '-export', '-in', 'client.crt', '-inkey', 'client.key', '-certfile', authority],
    ...['-out', 'client.p12', '-passout', `pass:${certificatePassword}`],
  )
  const parts = ['broker.key', 'broker.crt', 'authority.pem'].map((name) => readFileSync(join(folder, name), 'utf8'))
  writeFileSync(keyStore, parts.join(''))
  return made
}
