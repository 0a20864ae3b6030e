interface TreeNode<T> {
  readonly value: T
  red: boolean
  left: TreeNode<T> | undefined
  right: TreeNode<T> | undefined
  parent: TreeNode<T> | undefined
}

/**
 * Java's `TreeSet` as far as `describe()` needs it. Its order must be emulated rather than sorted, because Java compares
 * by sizes that go on changing after the insertion: where an element ends up depends on the shape the red-black tree
 * had at that moment. Elements are never removed.
 */
export class JavaTreeSet<T> implements Iterable<T> {
  readonly #compare: (left: T, right: T) => number
  #root: TreeNode<T> | undefined

  constructor(compare: (left: T, right: T) => number) {
    this.#compare = compare
  }

  add(value: T): void {
    let parent: TreeNode<T> | undefined
    let order = 0
    let node = this.#root
    while (node !== undefined) {
      parent = node
      order = this.#compare(value, node.value)
      if (order === 0) return
      node = order < 0 ? node.left : node.right
    }
    const added: TreeNode<T> = { value, red: true, left: undefined, right: undefined, parent }
    if (parent === undefined) this.#root = added
    else if (order < 0) parent.left = added
    else parent.right = added
    this.#rebalance(added)
  }

  *[Symbol.iterator](): Iterator<T> {
    const path: TreeNode<T>[] = []
    let node = this.#root
    while (node !== undefined || path.length > 0) {
      while (node !== undefined) {
        path.push(node)
        node = node.left
      }
      const next = path.pop()
      if (next === undefined) return
      yield next.value
      node = next.right
    }
  }

  #rebalance(added: TreeNode<T>): void {
    let node = added
    while (node.parent?.red === true) {
      const parent = node.parent
      const grandparent = parent.parent
      if (grandparent === undefined) break
      const parentIsLeft = parent === grandparent.left
      const uncle = parentIsLeft ? grandparent.right : grandparent.left
      if (uncle?.red === true) {
        parent.red = false
        uncle.red = false
        grandparent.red = true
        node = grandparent
        continue
      }
      node = this.#straighten(node, parent, parentIsLeft)
      if (node.parent !== undefined) node.parent.red = false
      grandparent.red = true
      this.#rotate(grandparent, !parentIsLeft)
    }
    if (this.#root !== undefined) this.#root.red = false
  }

  /** Turns an inner grandchild into an outer one, and returns the lower of the two nodes. */
  #straighten(node: TreeNode<T>, parent: TreeNode<T>, parentIsLeft: boolean): TreeNode<T> {
    const isInner = parentIsLeft ? node === parent.right : node === parent.left
    if (!isInner) return node
    this.#rotate(parent, parentIsLeft)
    return parent
  }

  #rotate(node: TreeNode<T>, toLeft: boolean): void {
    const riser = toLeft ? node.right : node.left
    if (riser === undefined) return
    const moved = toLeft ? riser.left : riser.right
    if (toLeft) node.right = moved
    else node.left = moved
    if (moved !== undefined) moved.parent = node
    riser.parent = node.parent
    if (node.parent === undefined) this.#root = riser
    else if (node.parent.left === node) node.parent.left = riser
    else node.parent.right = riser
    if (toLeft) riser.left = node
    else riser.right = node
    node.parent = riser
  }
}
