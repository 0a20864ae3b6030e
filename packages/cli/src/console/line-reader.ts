import { StreamwrightError } from '@streamwright/std'

export interface LineRecord {
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}

/** A line on standard input is not what the properties promise. */
export class LineError extends StreamwrightError {
  override readonly name: string = 'LineError'
  constructor(message: string) {
    super(message, { code: 'MALFORMED_LINE' })
  }
}

interface LineFormat {
  readonly parseKey: boolean
  readonly parseHeaders: boolean
  readonly keySeparator: string
  readonly headersDelimiter: string
  readonly headersSeparator: string
  readonly headersKeySeparator: string
  readonly nullMarker: string | undefined
  readonly ignoreError: boolean
}

/** Makes records of lines by the properties of Kafka's LineMessageReader (`parse.key`, `key.separator`, …). */
export class LineReader {
  readonly #format: LineFormat
  #lineNumber = 0

  constructor(properties: Readonly<Record<string, string>>) {
    const flag = (name: string): boolean => properties[name]?.trim().toLowerCase() === 'true'
    this.#format = {
      parseKey: flag('parse.key'),
      parseHeaders: flag('parse.headers'),
      keySeparator: properties['key.separator'] ?? '\t',
      headersDelimiter: properties['headers.delimiter'] ?? '\t',
      headersSeparator: properties['headers.separator'] ?? ',',
      headersKeySeparator: properties['headers.key.separator'] ?? ':',
      nullMarker: properties['null.marker'],
      ignoreError: flag('ignore.error'),
    }
    checkSeparators(this.#format)
  }

  read(line: string): LineRecord {
    this.#lineNumber += 1
    const { parseHeaders, parseKey, headersDelimiter, keySeparator } = this.#format
    const [headers, rest] = this.#cut(line, parseHeaders, headersDelimiter, 'headers delimiter')
    const [key, value] = this.#cut(rest, parseKey, keySeparator, 'key separator')
    return { key: this.#orNull(key), value: this.#orNull(value), headers: this.#headers(headers) }
  }

  #cut(text: string, wanted: boolean, separator: string, what: string): [string | null, string] {
    if (!wanted) return [null, text]
    const at = text.indexOf(separator)
    if (at >= 0) return [text.slice(0, at), text.slice(at + separator.length)]
    if (this.#format.ignoreError) return [null, text]
    throw new LineError(`No ${what} found on line number ${this.#lineNumber}: '${text}'`)
  }

  #orNull(text: string | null): string | null {
    return text === this.#format.nullMarker ? null : text
  }

  #headers(text: string | null): LineRecord['headers'] {
    const { headersSeparator, headersKeySeparator, nullMarker, ignoreError } = this.#format
    if (text === null || text === nullMarker) return []
    return text.split(headersSeparator).map((pair) => {
      const at = pair.indexOf(headersKeySeparator)
      if (at < 0) {
        if (ignoreError) return { key: pair, value: null }
        throw new LineError(`No header key separator found in pair '${pair}' on line number ${this.#lineNumber}`)
      }
      const key = pair.slice(0, at)
      if (key === nullMarker) {
        throw new LineError(`Header keys should not be equal to the null marker '${nullMarker}' as they can't be null`)
      }
      const value = pair.slice(at + headersKeySeparator.length)
      return { key, value: value === nullMarker ? null : Buffer.from(value) }
    })
  }
}

/**
 * The separators of headers must differ from each other, and the null marker from all, or a line has two readings.
 * (The key's separator may be one of theirs: headers are cut off before the key is looked for.)
 */
function checkSeparators(format: LineFormat): void {
  const ofHeaders: [string, string][] = format.parseHeaders
    ? [
        ['headers.delimiter', format.headersDelimiter],
        ['headers.separator', format.headersSeparator],
        ['headers.key.separator', format.headersKeySeparator],
      ]
    : []
  for (const [index, [name, text]] of ofHeaders.entries()) {
    for (const [other, otherText] of ofHeaders.slice(index + 1)) {
      if (text === otherText) throw new LineError(`${name} and ${other} may not be equal`)
    }
  }
  const others: [string, string][] = [
    ...(format.parseKey ? [['key.separator', format.keySeparator] as [string, string]] : []),
    ...ofHeaders,
  ]
  for (const [name, text] of others) {
    if (text === format.nullMarker) throw new LineError(`null.marker and ${name} may not be equal`)
  }
}
