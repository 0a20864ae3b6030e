import { present } from '@streamwright/std'

/** Union-find over node names: nodes that are linked, or share a store, end up in one sub-topology. */
export class NodeGrouper {
  readonly #parents = new Map<string, string>()

  add(name: string): void {
    this.#parents.set(name, name)
  }

  unite(name: string, others: Iterable<string>): void {
    for (const other of others) this.#parents.set(this.root(other), this.root(name))
  }

  root(name: string): string {
    let current = name
    for (;;) {
      const parent = present(this.#parents.get(current), 'every node is added before it is linked')
      if (parent === current) return current
      const grandparent = present(this.#parents.get(parent), 'every node is added before it is linked')
      this.#parents.set(current, grandparent)
      current = grandparent
    }
  }

  /** Groups of names; ids in the order in which the first member was given. */
  groups(names: Iterable<string>): string[][] {
    const groups = new Map<string, string[]>()
    for (const name of names) {
      const root = this.root(name)
      const group = groups.get(root)
      if (group === undefined) groups.set(root, [name])
      else group.push(name)
    }
    return [...groups.values()]
  }
}
