import { directReceiveBytesMin } from '@streamwright/protocol'
import type { ReusableMemoryLimits } from '@streamwright/std'

/** Every bound of the client, with its reason. Bounds that a user may move are settings instead. */

/** A response that claims more than this is not read: a broker answers a fetch with `fetch.max.bytes` (50 MiB) or so. */
export const responseBytesMax: number = 512 * 1024 * 1024

/** Memory of large responses, to be used again: a few fetches of the default size. */
export const receiveMemoryLimits: ReusableMemoryLimits = {
  pieceBytesMin: directReceiveBytesMin,
  pieceBytesMax: 32 * 1024 * 1024,
  keptBytesMax: 64 * 1024 * 1024,
}

/** Requests that wait for their responses on one connection. Beyond it the caller is out of control. */
export const pendingRequestsMax = 10_000

/** A session is renewed after this part of its life, more or less at random: Kafka's own figures. */
export const sessionRenewalBegin = 0.85
export const sessionRenewalSpread = 0.1

/** Brokers refuse to renew a session within a second. */
export const sessionRenewalMinMs = 1_050

/** Messages of one authentication; no mechanism has more than three. */
export const saslMessagesMax = 10

/** Random bytes of this client in the nonce of SCRAM. */
export const scramNonceBytes = 24

/** Random bytes that a new password is salted with. */
export const scramSaltBytes = 24

/** A broker that asks for more iterations wants to keep this client busy. A hundred times what Kafka allows. */
export const scramIterationsMax = 1_638_400

/** Requests for one token, each after a back-off, before the connection that needs it is given up. */
export const tokenRequestsMax = 4

/** How long the answer with a token may take, and how long it may be. */
export const tokenRequestTimeoutMs = 10_000
export const tokenBytesMax: number = 1024 * 1024

/** How far a back-off may be off, so that many clients do not come back at once. Kafka's own figure. */
export const backoffJitter = 0.2

/** Back-offs double; after this many failures they do not grow any more. */
export const backoffDoublingsMax = 20

/** Coordinators that are remembered; a client has a few groups, an admin client may ask for thousands. */
export const cachedCoordinatorsMax = 10_000

/** Names in one metadata request: a request for more is split, so that a response stays of reasonable size. */
export const metadataTopicsPerRequestMax = 1_000

/** Kafka deduplicates the last five batches of a producer in a partition; more in flight could not be told apart. */
export const idempotentInFlightMax = 5

/** Sequence numbers are int32 and begin anew at zero after the largest. */
export const sequenceMax = 0x7fff_ffff

/**
 * A batch that is full takes records on where that is wanted, up to so many times `batch.size`, as long as it has to wait
 * for one before it: a broker answers a request for each, of which only a few are on their way at a time.
 */
export const batchGrowthMax = 16

/** The largest producer epoch that may be used; after it comes a new producer id. */
export const producerEpochMax: number = 0x7fff - 1

/** A full buffer lets waiting senders go on when it has fallen to this part of `buffer.memory`. */
export const bufferLowMark = 0.75

/** Builders (with their memory) that are kept for the next batches. */
export const pooledBuildersMax = 512

/** The longest time between two looks for batches whose `delivery.timeout.ms` is over. */
export const expirySweepMs = 1_000

/** A linger or back-off shorter than a timer can tell. */
export const timerResolutionMs = 1

/** How long an admin operation waits for a topic that the cluster does not know: it may have been created just now. */
export const unknownTopicPatienceMs = 5_000

/** The first wait before a coordinator of transactions is asked again: the end of the last transaction is near. */
export const coordinationBackoffMs = 20

/** Groups that an admin client asks about at the same time. */
export const parallelGroupsMax = 100
