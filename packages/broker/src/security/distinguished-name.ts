/** The attributes that RFC 2253 has names for. Others are written by their numbers, with their encoding. */
const keywords: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
])

const explicitVersion = 0xa0

/** A value of ASN.1 in DER. */
interface Element {
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly whole: Buffer
}

/**
 * The subject of a certificate (DER) as Java's X500Principal writes it, `CN=alice,OU=team,O=company`: the form that
 * Kafka's principals and their mapping rules have. Throws for what is no certificate.
 */
export function subjectOf(certificate: Buffer): string {
  const [signed] = elements(only(certificate).content)
  const fields = elements(signed?.content ?? Buffer.alloc(0))
  const subject = fields[fields[0]?.tag === explicitVersion ? 5 : 4]
  if (subject === undefined) throw new RangeError('A certificate has a subject')
  return elements(subject.content).toReversed().map(relativeName).join(',')
}

function relativeName({ content }: Element): string {
  return elements(content)
    .map((pair) => {
      const [type, value] = elements(pair.content)
      if (type === undefined || value === undefined) throw new RangeError('A part of a name has a type and a value')
      const number = objectIdentifier(type.content)
      const keyword = keywords.get(number)
      const text = keyword === undefined ? undefined : stringOf(value)
      return text === undefined ? `${number}=#${value.whole.toString('hex')}` : `${keyword}=${escaped(text)}`
    })
    .join('+')
}

function stringOf({ tag, content }: Element): string | undefined {
  switch (tag) {
    case 0x0c: // UTF8String
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x16: // IA5String
      return content.toString()
    case 0x14: // T61String
      return content.toString('latin1')
    case 0x1e: // BMPString
      return Buffer.from(content).swap16().toString('utf16le')
    default:
      return undefined
  }
}

function escaped(text: string): string {
  const marked = text.replaceAll(/[,=+<>#;"\\]/g, String.raw`\$&`).replaceAll('\0', String.raw`\00`)
  return marked.replaceAll(/^ +| +$/g, (blanks) => String.raw`\ `.repeat(blanks.length))
}

function objectIdentifier(bytes: Buffer): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length === 0) {
      const first = Math.min(2, Math.floor(number / 40))
      numbers.push(first, number - first * 40)
    } else numbers.push(number)
    number = 0
  }
  return numbers.join('.')
}

function only(bytes: Buffer): Element {
  const [first] = elements(bytes)
  if (first === undefined) throw new RangeError('A certificate is not empty')
  return first
}

function elements(bytes: Buffer): Element[] {
  const found: Element[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes.readUInt8(at)
    const short = bytes.readUInt8(at + 1)
    const lengthBytes = short < 0x80 ? 0 : short & 0x7f
    const length = lengthBytes === 0 ? short : bytes.readUIntBE(at + 2, lengthBytes)
    const start = at + 2 + lengthBytes
    const end = start + length
    if (end > bytes.length) throw new RangeError('A value ends within what holds it')
    found.push({ tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) })
    at = end
  }
  return found
}
