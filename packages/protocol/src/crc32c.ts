/**
 * CRC-32C (Castagnoli), the checksum of record batches, eight bytes a step from eight tables. Measured at 1.6–2 GB/s
 * from 100 bytes up, the same as WebAssembly, whose call and copy only pay off when the bytes are already there.
 */
const tables: readonly Int32Array[] = buildTables()
const [table0, table1, table2, table3, table4, table5, table6, table7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
]

/**
 * The checksum of `bytes` from `start` to `end`, as an unsigned integer. For bytes that come in pieces, hand the
 * result for what came before as `seed`: `crc32c(b, 0, b.length, crc32c(a))` is that of `a` followed by `b`.
 */
export function crc32c(bytes: Uint8Array, start = 0, end: number = bytes.length, seed = 0): number {
  let crc = ~seed
  let at = start
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

function buildTables(): Int32Array[] {
  const polynomial = 0x82f6_3b78
  const built = Array.from({ length: 8 }, () => new Int32Array(256))
  const first = built[0] as Int32Array
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ polynomial
    first[byte] = crc
  }
  for (let index = 1; index < 8; index++) {
    const previous = built[index - 1] as Int32Array
    const table = built[index] as Int32Array
    for (let byte = 0; byte < 256; byte++) {
      const crc = previous[byte] as number
      table[byte] = (crc >>> 8) ^ (first[crc & 0xff] as number)
    }
  }
  return built
}
