/**
 * Iterators that readers from outside may have open on one store of a task. Each may hold a read transaction of the
 * task's engine, which the task needs too: those that nobody closes must not use them up.
 */
export const openIteratorsMax = 64
