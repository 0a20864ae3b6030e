import { X509Certificate } from 'node:crypto'
import { subjectOf } from './distinguished-name.ts'

/** What of a certificate must stay when it is replaced while the broker runs, unless settings say that it may change. */
export interface AllowedChanges {
  /** `ssl.allow.dn.changes` */
  readonly subject: boolean
  /** `ssl.allow.san.changes` */
  readonly names: boolean
}

/**
 * Why a certificate (PEM, the broker's own first) cannot take the place of another while the broker runs, in Kafka's
 * words: clients know the broker by these names.
 */
export function incompatibility(before: string, after: string, allowed: AllowedChanges): string | undefined {
  const [one, other] = [new X509Certificate(before), new X509Certificate(after)]
  const [oldName, newName] = [distinguishedName(one), distinguishedName(other)]
  if (!allowed.subject && oldName.toLowerCase() !== newName.toLowerCase()) {
    return (
      'Keystore DistinguishedName does not match: ' +
      ` existing={alias=kafka, DN=${oldName}}, new={alias=kafka, DN=${newName}}`
    )
  }
  const [oldNames, newNames] = [alternativeNames(one), alternativeNames(other)]
  if (allowed.names || oldNames.every((name) => newNames.includes(name))) return undefined
  const shown = (names: readonly string[]): string => `{alias=kafka, SAN=[${names.join(', ')}]}`
  return `Keystore SubjectAltNames do not match:  existing=${shown(oldNames)}, new=${shown(newNames)}`
}

function distinguishedName(certificate: X509Certificate): string {
  return subjectOf(certificate.raw).replaceAll(/(?<!\\),/g, ', ')
}

/** X.509's numbers for the kinds that Node writes so. */
const nameKinds: Readonly<Record<string, number>> = { email: 1, DNS: 2, URI: 6, 'IP Address': 7 }

function alternativeNames({ subjectAltName }: X509Certificate): readonly string[] {
  return (subjectAltName ?? '').split(', ').flatMap((text) => {
    const colon = text.indexOf(':')
    return colon === -1 ? [] : [`[${nameKinds[text.slice(0, colon)] ?? 0}, ${text.slice(colon + 1)}]`]
  })
}
