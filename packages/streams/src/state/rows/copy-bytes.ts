/** Few bytes are copied one by one: a call into the runtime takes as long as some fifty of them. */
const loopBytesMax = 48

/** Copies bytes from one piece of memory to another. */
export function copyBytes(from: Buffer, start: number, to: Buffer, at: number, length: number): void {
  if (length > loopBytesMax) {
    from.copy(to, at, start, start + length)
    return
  }
  for (let index = 0; index < length; index++) to[at + index] = from[start + index] as number
}
