import { ErrorCode } from '@streamwright/protocol'

/** Older versions of a request know a fenced producer under the name of its epoch only. */
export function fencingErrorFor(errorCode: number, knowsFenced: boolean): number {
  return errorCode === ErrorCode.PRODUCER_FENCED && !knowsFenced ? ErrorCode.INVALID_PRODUCER_EPOCH : errorCode
}
