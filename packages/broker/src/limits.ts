import { directReceiveBytesMin } from '@streamwright/protocol'
import type { ReusableMemoryLimits } from '@streamwright/std'
import { assert } from '@streamwright/std'

/** Requests of one connection that may be under way at once. A client that pipelines more waits in its own socket. */
export const requestsInFlightPerConnectionMax = 64

/** Response bytes that one connection may leave unread before no more of its requests are started. */
export const responseBytesQueuedPerConnectionMax: number = 16 * 1024 * 1024

/** Chunks of a response from here on may lie in memory that is used again once they are sent. */
export const sentMemoryBytesMin = 256

/** What all connections may hold together, when `queued.max.request.bytes` says nothing. */
export const connectionMemoryBytesMax: number = 1024 * 1024 * 1024

/** Memory that a request takes by announcing its size; more only as it arrives. Above the default `max.request.size`. */
export const announcedRequestBytesMax: number = 2 * 1024 * 1024

/** Memory of large requests, to be used again: as many as arrive at once from some busy producers. */
export const receivedMemoryLimits: ReusableMemoryLimits = {
  pieceBytesMin: directReceiveBytesMin,
  pieceBytesMax: announcedRequestBytesMax,
  keptBytesMax: 32 * 1024 * 1024,
}

/** Bytes that an in-process client may have written before its stream asks it to wait. */
export const inProcessHighWaterMarkBytes: number = 1024 * 1024

/** How long `close()` waits for answers to leave before it cuts connections. */
export const closeGraceMs = 500

/** Ports tried before giving up to find one that is free on both loopbacks. */
export const freePortAttemptsMax = 20

/** How often connections are looked over for idleness. */
export const idleCheckIntervalMs = 30_000

/** A client that has not said who it is by then has something else in mind. Longer than any client's own patience. */
export const authenticationTimeoutMs = 60_000

/** Random bytes that a password is salted with. */
export const scramSaltBytes = 24

/** Random bytes that the broker adds to a client's nonce. */
export const scramNonceBytes = 24

/** The same for the handshake of TLS. */
export const tlsHandshakeTimeoutMs = 30_000

/** A set of keys for tokens that is larger, or has more keys, or takes longer to come, is none. */
export const jwksBytesMax: number = 1024 * 1024
export const jwksKeysMax = 1000
export const jwksRequestTimeoutMs = 10_000

/** A client may not authenticate again within this time: Kafka's figure. */
export const reauthenticationIntervalMinMs = 1000

/** Partitions a topic may have. Each one is a directory and some memory. */
export const partitionsPerTopicMax = 10_000

/** Producer ids are handed out of blocks of this size; a block is made durable before its first id is given away. */
export const producerIdBlockSize = 1000

/** Longest record of the metadata log, as a guard against reading garbage as a length. */
export const metadataRecordBytesMax: number = 16 * 1024 * 1024

/** The metadata log is rewritten when it is larger than this and than {@link metadataLogGarbageRatio} times its content. */
export const metadataLogCompactionBytes: number = 256 * 1024
export const metadataLogGarbageRatio = 4

/** A fetch session that was used within this time is not given up for a new one. */
export const fetchSessionEvictionMs = 120_000

/** Partitions of one fetch session. Beyond it the client is served without a session. */
export const fetchSessionPartitionsMax = 20_000

/** A member that joins for the first time may be silent for this long while the rebalance goes on. */
export const newMemberJoinTimeoutMs = 300_000

/** Live state of a partition of `__consumer_offsets` is written anew when its log is larger than this and than {@link offsetsGarbageRatio} times the state. */
export const offsetsCompactionBytes: number = 8 * 1024 * 1024
export const offsetsGarbageRatio = 8

/** Bytes of group records in one batch. */
export const groupBatchBytesMax: number = 512 * 1024

/** Rounds over all topics in which partitions are moved between members with different subscriptions. */
export const balanceRoundsMax = 16

/** Names that a regular expression is tried on before others get their turn; the slowest takes some milliseconds a name. */
export const regexNamesPerTurn = 16

/** What regular expressions of a group match is looked up again after this time at the earliest. */
export const regexRefreshIntervalMinMs = 10_000

/** A marker that a partition could not take, because its disk did not, is tried again after this time. */
export const markerRetryMs = 1000

/** Partitions in one answer of DescribeTopicPartitions, whatever the client asks for. */
export const describedPartitionsMax = 2000

/** Clients whose rates are measured at a time, and addresses. With more, measuring begins anew. */
export const quotaSensorsMax = 10_000

/** Connections above their address's rate that wait to be closed. */
export const throttledConnectionsMax = 1000

/** Rules that one request may make or delete. Kafka has the same bound. */
export const aclChangesPerRequestMax = 10_000

/** Topics, and partitions, that have series of their own in the metrics: each one costs the reader of them memory. */
export const metricTopicsMax = 1000
export const metricPartitionsMax = 2000

/** Partitions that the health endpoint names. */
export const failedLogsToldMax = 10

/** Whoever reads metrics: a few programs, each with a connection or two, that ask in one packet. */
export const metricsConnectionsMax = 16
export const metricsHeaderBytesMax = 8192
export const metricsHeadersTimeoutMs = 5000
export const metricsRequestTimeoutMs = 10_000
export const metricsIdleTimeoutMs = 75_000

/** How often it is looked how late the event loop is. */
export const eventLoopResolutionMs = 20

assert(requestsInFlightPerConnectionMax > 0, 'A connection may have at least one request under way')
assert(
  groupBatchBytesMax < 1_048_588,
  'A batch of group records fits into the default max.message.bytes, so that any consumer can read it',
)
assert(
  8 * responseBytesQueuedPerConnectionMax <= connectionMemoryBytesMax / 2,
  'A few clients that do not read are held up by their own limits before all others are',
)
