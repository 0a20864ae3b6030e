import type { OperatorContext, ProcessorContext } from '../processor/processor-context.ts'

/** The context of a node as operators of the DSL see it: tasks make every context of the wider kind. */
export function operatorContext<KOut, VOut>(context: ProcessorContext<KOut, VOut>): OperatorContext<KOut, VOut> {
  return context as OperatorContext<KOut, VOut>
}
