/**
 * Where a method of Java's went: the member that takes its place, under its own name or another, or why there is none.
 * Members are checked by the compiler: they must be keys of `Ours`.
 */
export type Place<Ours> =
  | Member<Ours>
  | readonly Member<Ours>[]
  | { readonly is: Member<Ours> | readonly Member<Ours>[]; readonly note: string }
  | Absence

/** A method that is not there: for good, and why, or not yet, and what it waits for. */
export type Absence = { readonly leftOut: string } | { readonly later: string }

/** `new` stands for the constructor. */
export type Member<Ours> = (keyof Ours & string) | 'new'

/** A class of Java's, and where each of its methods went. */
export interface JavaClass {
  readonly java: string
  /** What takes the class's place. */
  readonly ours: string
  /** By the name of the method, or by name and types (`join(KTable, ValueJoiner)`) where overloads went apart. */
  readonly methods: Readonly<Record<string, Place<Readonly<Record<string, unknown>>>>>
}

/** Declares where the methods of a class went, each place checked against the type that has them here. */
export function javaClass<Ours>(java: string, ours: string, methods: Readonly<Record<string, Place<Ours>>>): JavaClass {
  return { java, ours, methods }
}

/** All methods of a class that is not there, for one reason. */
export function absentClass(java: string, absence: Absence, names: readonly string[]): JavaClass {
  return { java, ours: '', methods: Object.fromEntries(names.map((name) => [name, absence])) }
}
