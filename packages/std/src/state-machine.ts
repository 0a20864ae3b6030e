import { assert } from './assert.ts'

/** The legal successors of each state. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>

/**
 * A state that only moves along its table. `transitionTo` asserts, because an illegal step is a bug of ours; callers
 * that must react to the world ask {@link StateMachine.can} first.
 */
export class StateMachine<State extends string> {
  #state: State
  readonly #name: string
  readonly #transitions: Transitions<State>
  readonly #listener: ((next: State, previous: State) => void) | undefined

  constructor(
    name: string,
    transitions: Transitions<State>,
    initial: State,
    listener?: (next: State, previous: State) => void,
  ) {
    this.#name = name
    this.#transitions = transitions
    this.#state = initial
    this.#listener = listener
  }

  get state(): State {
    return this.#state
  }

  is(...states: readonly State[]): boolean {
    return states.includes(this.#state)
  }

  can(next: State): boolean {
    return this.#transitions[this.#state].includes(next)
  }

  transitionTo(next: State): void {
    const previous = this.#state
    assert(this.can(next), `${this.#name} cannot go from ${previous} to ${next}`)
    this.#state = next
    this.#listener?.(next, previous)
  }
}
