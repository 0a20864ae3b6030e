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
