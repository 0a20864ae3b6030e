/**
 * CRC-32C without the processor's instruction: for short inputs, and where there is no native build. The aligned part
 * goes by 32-bit words, sixteen bytes a step from sixteen tables; what is short, not aligned, or on a big-endian machine
 * goes by bytes, eight a step. Measured at 1.6 to 2 GB/s from 16 KiB up, against 1 GB/s by bytes alone; below 256 bytes
 * the view does not pay.
 */
const tables: readonly Int32Array[] = buildTables()
type Tables = readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
]
const [table0, table1, table2, table3, table4, table5, table6, table7] = tables as Tables
const [, , , , , , , , table8, table9, table10, table11, table12, table13, table14, table15] = tables as Tables

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** Below this length the view costs more than it saves. */
const wordsFromBytes = 256

/** The checksum of `bytes` from `start` to `end`, going on from `seed`. */
export function crc32cByTables(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let crc = ~seed
  let at = start
  if (end - start >= wordsFromBytes && isLittleEndian) {
    while (((bytes.byteOffset + at) & 3) !== 0) {
      crc = (table0[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8)
      at++
    }
    const steps = (end - at) >>> 4
    crc = byWords(crc, new Int32Array(bytes.buffer, bytes.byteOffset + at, steps * 4))
    at += steps * 16
  }
  const stepsEnd = end - 7
  while (at < stepsEnd) {
    crc ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    crc =
      (table7[crc & 0xff] as number) ^
      (table6[(crc >>> 8) & 0xff] as number) ^
      (table5[(crc >>> 16) & 0xff] as number) ^
      (table4[crc >>> 24] as number) ^
      (table3[bytes[at + 4] as number] as number) ^
      (table2[bytes[at + 5] as number] as number) ^
      (table1[bytes[at + 6] as number] as number) ^
      (table0[bytes[at + 7] as number] as number)
    at += 8
  }
  while (at < end) {
    crc = (table0[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8)
    at++
  }
  return ~crc >>> 0
}

/** Four words a step, of a whole number of steps. */
function byWords(seed: number, words: Int32Array): number {
  let crc = seed
  for (let at = 0; at < words.length; at += 4) {
    const first = crc ^ (words[at] as number)
    const second = words[at + 1] as number
    const third = words[at + 2] as number
    const fourth = words[at + 3] as number
    crc =
      (table15[first & 0xff] as number) ^
      (table14[(first >>> 8) & 0xff] as number) ^
      (table13[(first >>> 16) & 0xff] as number) ^
      (table12[first >>> 24] as number) ^
      (table11[second & 0xff] as number) ^
      (table10[(second >>> 8) & 0xff] as number) ^
      (table9[(second >>> 16) & 0xff] as number) ^
      (table8[second >>> 24] as number) ^
      (table7[third & 0xff] as number) ^
      (table6[(third >>> 8) & 0xff] as number) ^
      (table5[(third >>> 16) & 0xff] as number) ^
      (table4[third >>> 24] as number) ^
      (table3[fourth & 0xff] as number) ^
      (table2[(fourth >>> 8) & 0xff] as number) ^
      (table1[(fourth >>> 16) & 0xff] as number) ^
      (table0[fourth >>> 24] as number)
  }
  return crc
}

function buildTables(): Int32Array[] {
  const polynomial = 0x82f6_3b78
  const built = Array.from({ length: 16 }, () => new Int32Array(256))
  const first = built[0] as Int32Array
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ polynomial
    first[byte] = crc
  }
  for (let index = 1; index < built.length; index++) {
    const previous = built[index - 1] as Int32Array
    const table = built[index] as Int32Array
    for (let byte = 0; byte < 256; byte++) {
      const crc = previous[byte] as number
      table[byte] = (crc >>> 8) ^ (first[crc & 0xff] as number)
    }
  }
  return built
}
