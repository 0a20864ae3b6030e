/** Levels of nesting in a part of a JSON document that no shape declares; what is deeper is left to `JSON.parse`. */
export const skippedLevelsMax = 64

/**
 * JSON is written into pieces of memory of this size, one document after the other; a longer document has its own. That of
 * the pool of Node: who keeps one small document keeps a piece.
 */
export const jsonPieceBytes = 8192

/** Bytes of field names that are compared by generated code, in one object; beyond, they are compared in a loop. */
export const unrolledNameBytesMax = 1000

/** Letters of a wrong value that an error shows. */
export const shownLettersMax = 60

/** Names of fields that no shape declares, remembered for each kind of object to skip them faster. */
export const learnedNamesMax = 32

/** Texts that are remembered for a field; a power of two. */
export const cachedTexts = 256

/** Longer texts are not remembered. */
export const cachedTextBytesMax = 32

/** A field of which so many more texts were new than known is not looked up any more; each new one counts twice. */
export const textCacheMissesMax = 2000

/** Issues of a validator that the message of an error has. */
export const shownIssuesMax = 5

/** Objects with names in one order, one after the other, until code is generated for that order. */
export const sameOrdersToLearn = 16

/** Orders that code is generated for, in one kind of object, the declared one aside. */
export const learnedOrdersMax = 4
