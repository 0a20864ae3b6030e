/**
 * The most that one batch may hold once decompressed, unless the caller says otherwise. Clients fill a batch to at most
 * 1 MiB of compressed bytes by default, and the codecs reach a hundredfold on honest data; a batch that claims more is
 * a bomb, and is refused before that much is allocated.
 */
export const decompressedBytesMaxDefault: number = 128 * 1024 * 1024

/** Snappy turns three bytes into at most 64, so a longer claim in the first bytes of a block is a lie. */
export const snappyExpansionMax = 22

/** LZ4 turns one byte into at most 255. */
export const lz4ExpansionMax = 255

/** Java's block size in the framed snappy stream, which this writer follows. */
export const xerialBlockBytes: number = 32 * 1024

/** The block size of the LZ4 frames that Kafka's clients write. */
export const lz4BlockBytes: number = 64 * 1024

/** Frames of zstd in one batch. Each takes a decoder of its own; clients write one. */
export const zstdFramesMax = 1024

/**
 * WebAssembly never gives memory back, so it decompresses only what surely ends below this size; the rest goes through
 * our own decoders, at a third to half of the speed.
 */
export const wasmOutputBytesMax: number = 4 * 1024 * 1024

/** Bad bytes end in a trap that loses what was allocated. After so many, WebAssembly decompresses nothing more. */
export const wasmTrapsMax = 8
