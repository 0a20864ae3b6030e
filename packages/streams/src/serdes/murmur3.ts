/** Murmur3, 128 bits, 64-bit variant, with the seed that Kafka Streams uses for the values of foreign-key joins. */
const seed = 104_729n
const mask = (1n << 64n) - 1n
const c1 = 0x87c3_7b91_1142_53d5n
const c2 = 0x4cf5_ad43_2745_937fn
const blockBytes = 16

/** 16 bytes: both halves, big-endian. */
export function murmur3Hash128(bytes: Buffer): Buffer {
  let h1 = seed
  let h2 = seed
  const blocks = Math.floor(bytes.length / blockBytes)
  for (let block = 0; block < blocks; block++) {
    h1 ^= mixFirst(bytes.readBigUInt64LE(block * blockBytes))
    h1 = (((rotateLeft(h1, 27n) + h2) & mask) * 5n + 0x52dc_e729n) & mask
    h2 ^= mixSecond(bytes.readBigUInt64LE(block * blockBytes + 8))
    h2 = (((rotateLeft(h2, 31n) + h1) & mask) * 5n + 0x3849_5ab5n) & mask
  }
  const tail = Buffer.alloc(blockBytes)
  bytes.copy(tail, 0, blocks * blockBytes)
  h2 ^= mixSecond(tail.readBigUInt64LE(8))
  h1 ^= mixFirst(tail.readBigUInt64LE(0))
  h1 ^= BigInt(bytes.length)
  h2 ^= BigInt(bytes.length)
  h1 = (h1 + h2) & mask
  h2 = (h2 + h1) & mask
  h1 = finish(h1)
  h2 = finish(h2)
  h1 = (h1 + h2) & mask
  h2 = (h2 + h1) & mask
  const hash = Buffer.allocUnsafe(blockBytes)
  hash.writeBigUInt64BE(h1, 0)
  hash.writeBigUInt64BE(h2, 8)
  return hash
}

function mixFirst(word: bigint): bigint {
  return (rotateLeft((word * c1) & mask, 31n) * c2) & mask
}

function mixSecond(word: bigint): bigint {
  return (rotateLeft((word * c2) & mask, 33n) * c1) & mask
}

function rotateLeft(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & mask
}

function finish(value: bigint): bigint {
  let mixed = value ^ (value >> 33n)
  mixed = (mixed * 0xff51_afd7_ed55_8ccdn) & mask
  mixed ^= mixed >> 33n
  mixed = (mixed * 0xc4ce_b9fe_1a85_ec53n) & mask
  return mixed ^ (mixed >> 33n)
}
