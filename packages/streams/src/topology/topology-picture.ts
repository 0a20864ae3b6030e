import type { NodeJson, SinkJson, SubtopologyJson, TopologyJson } from './topology-json.ts'
import { present } from '@streamwright/std'

/** What a thing in a picture is; each drawing language has a shape for each. */
export type PictureKind = NodeJson['kind'] | 'topic' | 'internalTopic' | 'store'

export interface PictureItem {
  /** A letter and a number: needs no quotes in any drawing language. */
  readonly id: string
  readonly kind: PictureKind
  readonly label: string
}

/** A box around the nodes and stores of one sub-topology. */
export interface PictureGroup {
  readonly id: string
  readonly label: string
  readonly items: readonly PictureItem[]
}

export interface PictureArrow {
  readonly from: string
  readonly to: string
  /** `uses` leads from a processor to its store, without a head. */
  readonly kind: 'records' | 'uses'
}

/**
 * A topology as things and arrows: topics outside, nodes and stores in boxes. Changelog topics are left out, since
 * every store would have one.
 */
export interface TopologyPicture {
  readonly topics: readonly PictureItem[]
  readonly groups: readonly PictureGroup[]
  readonly arrows: readonly PictureArrow[]
}

/** What is drawn, in the order of the topology. */
export function topologyPicture(json: TopologyJson): TopologyPicture {
  return new Drawing(json).picture()
}

/** Gives everything its id, and finds it again. */
class Drawing {
  readonly #json: TopologyJson
  /** By what they are: a topic of this name and the pattern of this text are two things. */
  readonly #topics = new Map<string, PictureItem>()
  readonly #nodes = new Map<string, string>()
  readonly #stores: ReadonlyMap<string, string>

  constructor(json: TopologyJson) {
    this.#json = json
    this.#stores = new Map(json.stores.map(({ name }, index) => [name, `s${index}`]))
    for (const { name, kind } of json.topics) {
      if (kind !== 'changelog') this.#topic(name, `topic ${name}`, kind === 'external' ? 'topic' : 'internalTopic')
    }
  }

  picture(): TopologyPicture {
    const groups = this.#json.subtopologies.map((subtopology) => this.#group(subtopology))
    const arrows = this.#json.subtopologies.flatMap((subtopology) => this.#arrows(subtopology))
    return { topics: [...this.#topics.values()], groups, arrows }
  }

  #group({ id, isGlobal, nodes }: SubtopologyJson): PictureGroup {
    const items = nodes.map(({ kind, name }): PictureItem => {
      const item = { id: `n${this.#nodes.size}`, kind, label: name }
      this.#nodes.set(name, item.id)
      return item
    })
    for (const { name, subtopology } of this.#json.stores) {
      if (subtopology === id) items.push({ id: idOf(this.#stores, name), kind: 'store', label: name })
    }
    return { id: `sub${id}`, label: isGlobal ? `Global store ${id}` : `Sub-topology ${id}`, items }
  }

  /** From topics to sources, from node to node, from processors to their stores, from sinks to topics. */
  #arrows({ nodes, edges }: SubtopologyJson): PictureArrow[] {
    const records = (from: string, to: string): PictureArrow => ({ from, to, kind: 'records' })
    return [
      ...nodes.flatMap((node) => this.#read(node).map((topic) => records(topic, this.#node(node.name)))),
      ...edges.map(({ from, to }) => records(this.#node(from), this.#node(to))),
      ...nodes.flatMap((node): PictureArrow[] => {
        const from = this.#node(node.name)
        if (node.kind === 'sink') return [records(from, this.#written(node))]
        if (node.kind === 'source') return []
        return node.stores.map((store) => ({ from, to: idOf(this.#stores, store), kind: 'uses' }))
      }),
    ]
  }

  #read(node: NodeJson): string[] {
    if (node.kind !== 'source') return []
    const topics = node.topics.map((name) => this.#topic(name, `topic ${name}`, 'topic'))
    const { pattern } = node
    return pattern === null ? topics : [...topics, this.#topic(`/${pattern}/`, `pattern ${pattern}`, 'topic')]
  }

  #written({ name, topic }: SinkJson): string {
    return topic === null
      ? this.#topic('(chosen per record)', `chosen ${name}`, 'topic')
      : this.#topic(topic, `topic ${topic}`, 'topic')
  }

  #topic(label: string, key: string, kind: PictureKind): string {
    const topic = this.#topics.get(key) ?? { id: `t${this.#topics.size}`, kind, label }
    this.#topics.set(key, topic)
    return topic.id
  }

  #node(name: string): string {
    return idOf(this.#nodes, name)
  }
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  return present(ids.get(name), 'Everything that is named in a topology is part of it')
}
