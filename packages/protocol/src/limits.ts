/** The longest string of the protocol, in bytes of UTF-8, whatever its length prefix could say. */
export const stringBytesMax = 32_767

/**
 * Array elements and unknown tags of one message, all together. An element may be three bytes on the wire and a
 * hundred in memory, so a limit on bytes alone would not bound memory. The largest real messages are the metadata of a
 * cluster at Kafka's recommended maximum of 200,000 partitions: some 1.4 million with three replicas each.
 */
export const messageElementsMax: number = 2 * 1024 * 1024

/** The largest frame that a {@link FrameDecoder} takes unless told otherwise: `socket.request.max.bytes` of a broker. */
export const frameBytesMaxDefault: number = 100 * 1024 * 1024

/** Bytes of at least this length go out as they are, as a chunk of their own; shorter ones are copied. */
export const externalChunkBytesMin = 2048

/** Where a {@link Writer} starts, and where its doubling ends; one message may still need a larger chunk. */
export const writerChunkBytesMin = 512
export const writerChunkBytesMax: number = 64 * 1024

/** One read of a socket. Bigger ones gain little (measured: 64 KiB 1.8, 1 MiB 2.0 GB/s). */
export const receiveBufferBytes: number = 64 * 1024

/** From here on the rest of a frame is read straight into its own memory instead of being copied there. */
export const directReceiveBytesMin: number = 16 * 1024

/** Pieces of an arriving frame below this size are collected in blocks of it. */
export const framePieceBytesMin = 4096
