import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Certificates made for one run: an authority, a server on loopback, and a client named alice. */
export interface Certificates {
  readonly authority: string
  /** Key and certificate in one file, PEM. */
  readonly server: string
  readonly client: string
  remove(): void
}

/** Makes them by openssl, in a folder of their own. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'streamwright-certificates-'))
  const path = (name: string): string => join(folder, name)
  const openssl = (...argv: string[]): void => void execFileSync('openssl', argv, { stdio: 'ignore' })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const authority = path('ca.pem')
  openssl('req', '-x509', ...curve, '-days', '2', '-subj', '/CN=Checks', '-keyout', path('ca.key'), '-out', authority)
  const signed = (name: string, subject: string, extension: string): string => {
    writeFileSync(path('extension'), extension)
    openssl('req', ...curve, '-subj', subject, '-keyout', path(`${name}.key`), '-out', path(`${name}.csr`))
    const by = ['-CA', authority, '-CAkey', path('ca.key'), '-CAcreateserial']
    const extended = ['-extfile', path('extension')]
    openssl('x509', '-req', '-in', path(`${name}.csr`), ...by, '-days', '2', ...extended, '-out', path(`${name}.crt`))
    const both = readFileSync(path(`${name}.key`), 'utf8') + readFileSync(path(`${name}.crt`), 'utf8')
    writeFileSync(path(`${name}.pem`), both)
    return path(`${name}.pem`)
  }
  return {
    authority,
    server: signed('server', '/CN=localhost', 'subjectAltName=DNS:localhost,IP:127.0.0.1'),
    client: signed('client', '/O=Checks/CN=alice', 'extendedKeyUsage=clientAuth'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
