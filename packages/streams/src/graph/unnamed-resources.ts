import { TopologyError } from '../errors.ts'

export type UnnamedKind = 'changelog' | 'store' | 'repartition'

/** Internal topics and stores whose names the builder made up, for `ensure.explicit.internal.resource.naming`. */
export class UnnamedResources {
  readonly #names: Readonly<Record<UnnamedKind, Set<string>>> = {
    repartition: new Set(),
    changelog: new Set(),
    store: new Set(),
  }

  add(kind: UnnamedKind, name: string): void {
    this.#names[kind].add(name)
  }

  refuse(): void {
    const { repartition, changelog, store } = this.#names
    const lines = [
      line('changelog topic(s)', changelog),
      line('state store(s)', store),
      line('repartition topic(s)', repartition),
    ].join('')
    if (lines !== '') throw new TopologyError(`Invalid topology: ${lines}`)
  }
}

function line(kind: string, names: ReadonlySet<string>): string {
  return names.size === 0 ? '' : `Following ${kind} has not been named: ${[...names].join(', ')}\n`
}
