import type { TableSupplier } from '../graph/table-supplier.ts'
import type { TableView } from '../operators/table-view.ts'
import { suppressedView } from '../operators/suppressed-view.ts'
import { storeView } from '../operators/table-view.ts'
import type { AnyProcessor } from '../topology/topology-node.ts'
import type { Processor } from '../processor/processor.ts'
import { PassThrough } from '../operators/stream-peek.ts'

type Create = (sendOldValues: boolean, storeName: string | undefined) => unknown

function asProcessor(processor: unknown): AnyProcessor {
  // Records are typed where the operators are made; a node passes them on as unknown.
  return processor as Processor<unknown, unknown, unknown, unknown>
}

/** A table whose rows are read from a topic or a stream; kept only when somebody needs them. */
export class SourceTableSupplier implements TableSupplier {
  readonly #create: Create
  readonly #availableStoreName: string
  #isMaterialized: boolean
  #sendOldValues = false

  constructor(create: Create, storeName: string, isMaterialized: boolean) {
    this.#create = create
    this.#availableStoreName = storeName
    this.#isMaterialized = isMaterialized
  }

  get storeName(): string | undefined {
    return this.#isMaterialized ? this.#availableStoreName : undefined
  }

  create(): AnyProcessor {
    return asProcessor(this.#create(this.#sendOldValues, this.storeName))
  }

  view(): TableView<unknown, unknown> {
    this.materialize()
    return storeView(this.#availableStoreName)
  }

  /** Keeps the rows although nobody queries them: a join reads them. */
  materialize(): void {
    this.#isMaterialized = true
  }

  enableSendingOldValues(force: boolean): boolean {
    if (!force && !this.#isMaterialized) return false
    this.materialize()
    this.#sendOldValues = true
    return true
  }
}

/** The result of an aggregation: always kept. */
export class AggregateTableSupplier implements TableSupplier {
  readonly #create: Create
  readonly storeName: string
  #sendOldValues = false

  constructor(create: Create, storeName: string) {
    this.#create = create
    this.storeName = storeName
  }

  create(): AnyProcessor {
    return asProcessor(this.#create(this.#sendOldValues, this.storeName))
  }

  view(): TableView<unknown, unknown> {
    return storeView(this.storeName)
  }

  enableSendingOldValues(): boolean {
    this.#sendOldValues = true
    return true
  }
}

/** The result of several aggregations on one store: what a cogroup makes. */
export class CogroupTableSupplier implements TableSupplier {
  readonly #groups: readonly AggregateTableSupplier[]
  readonly storeName: string

  constructor(groups: readonly AggregateTableSupplier[], storeName: string) {
    this.#groups = groups
    this.storeName = storeName
  }

  create(): AnyProcessor {
    return asProcessor(new PassThrough<unknown, unknown>())
  }

  view(): TableView<unknown, unknown> {
    return storeView(this.storeName)
  }

  enableSendingOldValues(): boolean {
    for (const group of this.#groups) group.enableSendingOldValues()
    return true
  }
}

/** A table that follows from another row by row; kept only when it has a named store. */
export class DerivedTableSupplier implements TableSupplier {
  readonly #create: Create
  readonly #parent: TableSupplier
  readonly #derive: (rows: TableView<unknown, unknown>) => TableView<unknown, unknown>
  readonly storeName: string | undefined
  #sendOldValues: boolean

  constructor(options: {
    readonly create: Create
    readonly parent: TableSupplier
    /** How rows that are not kept follow from the parent's. */
    readonly derive: (rows: TableView<unknown, unknown>) => TableView<unknown, unknown>
    readonly storeName: string | undefined
    readonly sendOldValues: boolean
  }) {
    this.#create = options.create
    this.#parent = options.parent
    this.#derive = options.derive
    this.storeName = options.storeName
    this.#sendOldValues = options.sendOldValues
  }

  view(): TableView<unknown, unknown> {
    return this.storeName === undefined ? this.#derive(this.#parent.view()) : storeView(this.storeName)
  }

  create(): AnyProcessor {
    return asProcessor(this.#create(this.#sendOldValues, this.storeName))
  }

  enableSendingOldValues(force: boolean): boolean {
    if (this.storeName !== undefined || this.#parent.enableSendingOldValues(force)) this.#sendOldValues = true
    return this.#sendOldValues
  }
}

/** The result of a join of two tables; kept only when it was materialised. */
export class JoinTableSupplier implements TableSupplier {
  readonly storeName: string | undefined
  readonly #left: TableSupplier
  readonly #right: TableSupplier
  readonly #view: TableView<unknown, unknown>
  readonly #create: Create
  #sendOldValues = false

  constructor(options: {
    readonly left: TableSupplier
    readonly right: TableSupplier
    readonly storeName: string | undefined
    /** Of rows that are not kept. */
    readonly view: TableView<unknown, unknown>
    readonly create: Create
  }) {
    this.#left = options.left
    this.#right = options.right
    this.storeName = options.storeName
    this.#view = options.view
    this.#create = options.create
  }

  create(): AnyProcessor {
    return asProcessor(this.#create(this.#sendOldValues, this.storeName))
  }

  view(): TableView<unknown, unknown> {
    return this.storeName === undefined ? this.#view : storeView(this.storeName)
  }

  enableSendingOldValues(): boolean {
    // A join reads the rows of both sides, so that both know what they were.
    this.#left.enableSendingOldValues(true)
    this.#right.enableSendingOldValues(true)
    this.#sendOldValues = true
    return true
  }

  /** Whether the two sides of the join work out what results were. */
  get sidesSendOldValues(): boolean {
    return this.#sendOldValues
  }
}

/** A table whose changes are held back: the buffer has to know old values, and old values are those of its parent. */
export class SuppressTableSupplier implements TableSupplier {
  readonly storeName = undefined
  readonly #create: () => unknown
  readonly #parent: TableSupplier
  readonly #bufferName: string

  constructor(create: () => unknown, parent: TableSupplier, bufferName: string) {
    this.#create = create
    this.#parent = parent
    this.#bufferName = bufferName
    parent.enableSendingOldValues(true)
  }

  view(): TableView<unknown, unknown> {
    return suppressedView(this.#bufferName, this.#parent.view())
  }

  create(): AnyProcessor {
    return asProcessor(this.#create())
  }

  enableSendingOldValues(force: boolean): boolean {
    return this.#parent.enableSendingOldValues(force)
  }
}
