import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runStep } from './program.ts'

/** Paths of files in PEM. */
export interface Certificates {
  /** Of the authority that signed the others. */
  readonly authority: string
  /** The broker's key, its certificate for 127.0.0.1 and localhost, in one file as Kafka wants it. */
  readonly keyStore: string
}

/** An authority and a broker's certificate, made once by openssl, for ten years. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const authority = join(folder, 'authority.pem')
  const keyStore = join(folder, 'broker.pem')
  if (existsSync(keyStore)) return { authority, keyStore }
  mkdirSync(folder, { recursive: true })
  const openssl = (...argv: string[]): Promise<string> =>
    runStep(`openssl ${argv[0] ?? ''}`, 'openssl', argv, { cwd: folder })
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '3650']
  await openssl('req', '-x509', ...key, '-keyout', 'authority.key', '-out', authority, '-subj', '/CN=conformance')
  await openssl('req', ...key, '-keyout', 'broker.key', '-out', 'broker.csr', '-subj', '/CN=localhost')
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  await openssl(
    ...['x509', '-req', '-in', 'broker.csr', '-CA', authority, '-CAkey', 'authority.key', '-CAcreateserial'],
    ...['-days', '3650', '-extfile', 'names', '-out', 'broker.crt'],
  )
  const parts = ['broker.key', 'broker.crt', 'authority.pem'].map((name) => readFileSync(join(folder, name), 'utf8'))
  writeFileSync(keyStore, parts.join(''))
  return { authority, keyStore }
}
