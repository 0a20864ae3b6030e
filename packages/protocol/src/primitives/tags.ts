import type { UnknownTag } from '../api.ts'
import { ProtocolError } from '../errors/protocol-error.ts'

const noTags: readonly UnknownTag[] = []

/** Unknown tags in ascending order, as they must be written; each tag may occur once. */
export function inTagOrder(tags: readonly UnknownTag[] | undefined): readonly UnknownTag[] {
  if (tags === undefined || tags.length === 0) return noTags
  // A tag is an unsigned number on the wire; a reader may have seen a negative one.
  const sorted = tags.toSorted((left, right) => (left.tag >>> 0) - (right.tag >>> 0))
  for (let index = 1; index < sorted.length; index++) {
    const tag = sorted[index]?.tag
    if (tag === sorted[index - 1]?.tag) throw new ProtocolError(`Tag ${tag} is given twice`, 'UNSUPPORTED_FIELD')
  }
  return sorted
}
