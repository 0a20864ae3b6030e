import type { Processor } from '../processor/processor.ts'
import type { ProcessorContext } from '../processor/processor-context.ts'
import type { Record } from '../processor/record.ts'

/** A processor that only needs its context: the base of the operators without state. */
export abstract class StatelessOperator<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
  protected context!: ProcessorContext<KOut, VOut>

  init(context: ProcessorContext<KOut, VOut>): void {
    this.context = context
  }

  abstract process(record: Record<KIn, VIn>): void
}
