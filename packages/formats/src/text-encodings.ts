import { ConfigurationError } from '@streamwright/std'
import { utf8Text } from './utf8-text.ts'

/** The charsets that every Java platform has. Other spellings of Java's are understood, in any case. */
export type TextEncodingName = 'UTF-8' | 'UTF-16' | 'UTF-16BE' | 'UTF-16LE' | 'ISO-8859-1' | 'US-ASCII'

/** How text becomes bytes and back, as Java does it: what does not fit becomes `?` or U+FFFD. */
export interface TextEncoding {
  readonly name: TextEncodingName
  readonly encode: (text: string) => Buffer
  readonly decode: (bytes: Buffer) => string
}

const encodings: readonly TextEncoding[] = [
  {
    name: 'UTF-8',
    encode: (text) => Buffer.from(text.isWellFormed() ? text : text.replace(loneSurrogates, '?'), 'utf8'),
    decode: (bytes) => utf8Text(bytes, 0, bytes.length),
  },
  { name: 'UTF-16', encode: (text) => utf16be(`\ufeff${text}`), decode: decodeMarked },
  { name: 'UTF-16BE', encode: utf16be, decode: (bytes) => decodeUnits(bytes, 0, true) },
  { name: 'UTF-16LE', encode: utf16le, decode: (bytes) => decodeUnits(bytes, 0, false) },
  {
    name: 'ISO-8859-1',
    encode: (text) => Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\xff]/g, '?'), 'latin1'),
    decode: (bytes) => bytes.toString('latin1'),
  },
  {
    name: 'US-ASCII',
    encode: (text) => Buffer.from(text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^\0-\x7f]/g, '?'), 'latin1'),
    decode: (bytes) => bytes.toString('latin1').replace(/[\x80-\xff]/g, '\ufffd'),
  },
]

const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const otherNames: Readonly<Record<string, TextEncodingName>> = {
  utf8: 'UTF-8',
  utf16: 'UTF-16',
  utf_16: 'UTF-16',
  unicode: 'UTF-16',
  latin1: 'ISO-8859-1',
  l1: 'ISO-8859-1',
  iso8859_1: 'ISO-8859-1',
  iso_8859_1: 'ISO-8859-1',
  'iso_8859-1': 'ISO-8859-1',
  iso88591: 'ISO-8859-1',
  'iso8859-1': 'ISO-8859-1',
  ascii: 'US-ASCII',
  us_ascii: 'US-ASCII',
  iso646_us: 'US-ASCII',
  'iso646-us': 'US-ASCII',
}

/** The encoding of a name, in any case. Throws a `ConfigurationError` for one that is not there. */
export function textEncoding(name: string): TextEncoding {
  const known = otherNames[name.toLowerCase()] ?? name.toUpperCase()
  const encoding = encodings.find((each) => each.name === known)
  if (encoding !== undefined) return encoding
  throw new ConfigurationError(
    `Unsupported encoding ${name}: there are ${encodings.map((each) => each.name).join(', ')}`,
  )
}

function utf16le(text: string): Buffer {
  return Buffer.from(text.toWellFormed(), 'utf16le')
}

function utf16be(text: string): Buffer {
  return utf16le(text).swap16()
}

/** Text behind a mark of the order of its bytes; without one, the higher byte comes first. */
function decodeMarked(bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff
  return decodeUnits(bytes, isLittle || isBig ? 2 : 0, !isLittle)
}

/** A high surrogate takes the unit behind it along, whatever that is; what is cut off is one U+FFFD. */
function decodeUnits(bytes: Buffer, start: number, higherFirst: boolean): string {
  const unitAt = (at: number): number => (higherFirst ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at))
  const units: string[] = []
  for (let at = start; at < bytes.length; at += 2) {
    const unit = at + 2 <= bytes.length ? unitAt(at) : undefined
    if (unit === undefined) units.push('\ufffd')
    else if (unit >= 0xdc00 && unit <= 0xdfff) units.push('\ufffd')
    else if (unit < 0xd800 || unit > 0xdfff) units.push(String.fromCharCode(unit))
    else {
      at += 2
      const low = at + 2 <= bytes.length ? unitAt(at) : 0
      units.push(low >= 0xdc00 && low <= 0xdfff ? String.fromCharCode(unit, low) : '\ufffd')
      // Too little is left for a pair: all of it is one U+FFFD.
      if (at + 2 > bytes.length) break
    }
  }
  return units.join('')
}
