/** The secret that XXH3 mixes with when none is given, as its specification has it. */
const secret = Buffer.from(
  'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c' +
    '3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364' +
    'eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e',
  'hex',
)

const mask = 0xffff_ffff_ffff_ffffn
const mask32 = 0xffff_ffffn
const prime32n1 = 0x9e3779b1n
const prime32n2 = 0x85ebca77n
const prime32n3 = 0xc2b2ae3dn
const prime64n1 = 0x9e3779b185ebca87n
const prime64n2 = 0xc2b2ae3d27d4eb4fn
const prime64n3 = 0x165667b19e3779f9n
const prime64n4 = 0x85ebca77c2b2ae63n
const prime64n5 = 0x27d4eb2f165667c5n
const stripeBytes = 64
const stripesPerBlock = (secret.length - stripeBytes) / 8

/** XXH3 of 64 bits with seed 0 and the default secret, as a signed number like Java's. */
export function xxh3(input: Buffer): bigint {
  return BigInt.asIntN(64, unsigned(input))
}

function unsigned(input: Buffer): bigint {
  const { length } = input
  if (length > 240) return ofLong(input)
  if (length > 128) return ofUpTo240(input)
  if (length > 16) return ofUpTo128(input)
  if (length > 8) return ofUpTo16(input)
  if (length >= 4) return ofUpTo8(input)
  if (length > 0) return ofUpTo3(input)
  return finish64(key(56) ^ key(64))
}

function ofUpTo3(input: Buffer): bigint {
  const { length } = input
  const [first, middle, last] = [input.readUInt8(0), input.readUInt8(length >> 1), input.readUInt8(length - 1)]
  const combined = BigInt(((first << 16) | (middle << 24) | last | (length << 8)) >>> 0)
  return finish64(combined ^ BigInt((secret.readUInt32LE(0) ^ secret.readUInt32LE(4)) >>> 0))
}

function ofUpTo8(input: Buffer): bigint {
  const { length } = input
  const combined = BigInt(input.readUInt32LE(length - 4)) + (BigInt(input.readUInt32LE(0)) << 32n)
  const keyed = combined ^ key(8) ^ key(16)
  let hash = keyed ^ rotated(keyed, 49n) ^ rotated(keyed, 24n)
  hash = (hash * 0x9fb21c651e98df25n) & mask
  hash ^= (hash >> 35n) + BigInt(length)
  hash = (hash * 0x9fb21c651e98df25n) & mask
  return hash ^ (hash >> 28n)
}

function ofUpTo16(input: Buffer): bigint {
  const { length } = input
  const low = word(input, 0) ^ key(24) ^ key(32)
  const high = word(input, length - 8) ^ key(40) ^ key(48)
  return finish(BigInt(length) + swapped(low) + high + folded(low, high))
}

function ofUpTo128(input: Buffer): bigint {
  const { length } = input
  let hash = BigInt(length) * prime64n1
  for (let pair = (length - 1) >> 5; pair >= 0; pair--) {
    hash += mixed(input, pair * 16, pair * 32) + mixed(input, length - (pair + 1) * 16, pair * 32 + 16)
  }
  return finish(hash)
}

function ofUpTo240(input: Buffer): bigint {
  const { length } = input
  let hash = BigInt(length) * prime64n1
  for (let round = 0; round < 8; round++) hash += mixed(input, round * 16, round * 16)
  hash = finish(hash)
  for (let round = 8; round < length >> 4; round++) hash += mixed(input, round * 16, (round - 8) * 16 + 3)
  return finish(hash + mixed(input, length - 16, 136 - 17))
}

function ofLong(input: Buffer): bigint {
  const { length } = input
  const lanes = [prime32n3, prime64n1, prime64n2, prime64n3, prime64n4, prime32n2, prime64n5, prime32n1]
  const stripes = Math.floor((length - 1) / stripeBytes)
  for (let stripe = 0; stripe < stripes; stripe++) {
    const inBlock = stripe % stripesPerBlock
    accumulate(lanes, input, stripe * stripeBytes, inBlock * 8)
    if (inBlock === stripesPerBlock - 1) scramble(lanes)
  }
  accumulate(lanes, input, length - stripeBytes, secret.length - stripeBytes - 7)
  let hash = BigInt(length) * prime64n1
  for (let lane = 0; lane < 8; lane += 2) {
    hash += folded((lanes[lane] ?? 0n) ^ key(11 + lane * 8), (lanes[lane + 1] ?? 0n) ^ key(19 + lane * 8))
  }
  return finish(hash)
}

function accumulate(lanes: bigint[], input: Buffer, offset: number, secretOffset: number): void {
  for (let lane = 0; lane < 8; lane++) {
    const data = word(input, offset + lane * 8)
    const keyed = data ^ key(secretOffset + lane * 8)
    lanes[lane ^ 1] = ((lanes[lane ^ 1] ?? 0n) + data) & mask
    lanes[lane] = ((lanes[lane] ?? 0n) + (keyed & mask32) * (keyed >> 32n)) & mask
  }
}

function scramble(lanes: bigint[]): void {
  for (let lane = 0; lane < 8; lane++) {
    const value = lanes[lane] ?? 0n
    lanes[lane] = ((value ^ (value >> 47n) ^ key(secret.length - stripeBytes + lane * 8)) * prime32n1) & mask
  }
}

function mixed(input: Buffer, offset: number, secretOffset: number): bigint {
  return folded(word(input, offset) ^ key(secretOffset), word(input, offset + 8) ^ key(secretOffset + 8))
}

function folded(left: bigint, right: bigint): bigint {
  const product = left * right
  return (product & mask) ^ (product >> 64n)
}

function finish(hash: bigint): bigint {
  let value = hash & mask
  value ^= value >> 37n
  value = (value * 0x165667919e3779f9n) & mask
  return value ^ (value >> 32n)
}

function finish64(hash: bigint): bigint {
  let value = hash ^ (hash >> 33n)
  value = (value * prime64n2) & mask
  value ^= value >> 29n
  value = (value * prime64n3) & mask
  return value ^ (value >> 32n)
}

function word(input: Buffer, offset: number): bigint {
  return input.readBigUInt64LE(offset)
}

function key(offset: number): bigint {
  return secret.readBigUInt64LE(offset)
}

function rotated(value: bigint, bits: bigint): bigint {
  return ((value << bits) & mask) | (value >> (64n - bits))
}

function swapped(value: bigint): bigint {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes.readBigUInt64BE(0)
}
