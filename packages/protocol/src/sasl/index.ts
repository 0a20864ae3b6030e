export type { ScramDigest, ScramKeys, ScramMechanism } from './scram.ts'
export {
  clientProof,
  isProof,
  isServerSignature,
  saltedPassword,
  scramDigest,
  scramDigests,
  scramKeys,
  serverSignature,
} from './scram.ts'
export type { ClientFinal, ClientFirst, ServerFinal, ServerFirst } from './scram-messages.ts'
export {
  clientFinalWithoutProof,
  decodeClientFinal,
  decodeClientFirst,
  decodeServerFinal,
  decodeServerFirst,
  encodeClientFinal,
  encodeClientFirst,
  encodeServerFinal,
  encodeServerFirst,
  scramAuthMessage,
} from './scram-messages.ts'
