/**
 * Text in and out of a Buffer without a Buffer object per piece. Node has these methods on every Buffer, and its own
 * `toString` and `write` end in them; they are three times faster for short text, but missing from its types.
 */
interface TextBuffer {
  utf8Slice(start: number, end: number): string
  latin1Slice(start: number, end: number): string
  utf8Write(text: string, offset: number, length?: number): number
  latin1Write(text: string, offset: number, length?: number): number
}

export function utf8Slice(buffer: Buffer, start: number, end: number): string {
  return (buffer as unknown as TextBuffer).utf8Slice(start, end)
}

export function latin1Slice(buffer: Buffer, start: number, end: number): string {
  return (buffer as unknown as TextBuffer).latin1Slice(start, end)
}

/** Writes `text` at `offset` and returns the number of bytes written. */
export function utf8Write(buffer: Buffer, text: string, offset: number): number {
  return (buffer as unknown as TextBuffer).utf8Write(text, offset)
}

export function latin1Write(buffer: Buffer, text: string, offset: number): number {
  return (buffer as unknown as TextBuffer).latin1Write(text, offset)
}
