import { readFileSync } from 'node:fs'

/** A public method or constructor of Kafka Streams 4.3, without its type parameters and result. */
export interface JavaMethod {
  readonly name: string
  /** Name and types of the parameters: `filter(Predicate, Named)`. */
  readonly signature: string
  readonly isDeprecated: boolean
}

/** The public methods of Kafka Streams 4.3 and of its admin client by class, in Java's order: `java-api.txt`, read. */
export function javaMethods(): ReadonlyMap<string, readonly JavaMethod[]> {
  const classes = new Map<string, JavaMethod[]>()
  let methods: JavaMethod[] = []
  for (const line of readFileSync(new URL('java-api.txt', import.meta.url), 'utf8').split('\n')) {
    if (line === '') continue
    if (!line.startsWith(' ')) classes.set(line, (methods = []))
    else methods.push(method(line.trim()))
  }
  return classes
}

function method(line: string): JavaMethod {
  const isDeprecated = line.endsWith(' deprecated')
  const signature = isDeprecated ? line.slice(0, -' deprecated'.length) : line
  return { name: signature.slice(0, signature.indexOf('(')), signature, isDeprecated }
}
