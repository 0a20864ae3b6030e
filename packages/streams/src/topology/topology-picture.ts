import type { NodeJson, TopologyJson } from './topology-json.ts'
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
  const topics = new Map<string, PictureItem>()
  const topic = (name: string, key: string, kind: PictureKind): string => {
    const known = topics.get(key) ?? { id: `t${topics.size}`, kind, label: name }
    topics.set(key, known)
    return known.id
  }
  // A topic of this name and the pattern of this text are two things.
  for (const { name, kind } of json.topics) {
    if (kind !== 'changelog') topic(name, `topic ${name}`, kind === 'external' ? 'topic' : 'internalTopic')
  }
  const arrows: PictureArrow[] = []
  const nodes = new Map<string, string>()
  const stores = new Map(json.stores.map(({ name }, index) => [name, `s${index}`]))
  const groups = json.subtopologies.map(({ id, isGlobal, nodes: inside, edges }): PictureGroup => {
    const items = inside.map((node): PictureItem => {
      const item = { id: `n${nodes.size}`, kind: node.kind, label: node.name }
      nodes.set(node.name, item.id)
      return item
    })
    for (const node of inside) {
      const nodeId = idOf(nodes, node.name)
      if (node.kind === 'source') {
        const read = node.topics.map((name) => topic(name, `topic ${name}`, 'topic'))
        if (node.pattern !== null) read.push(topic(`/${node.pattern}/`, `pattern ${node.pattern}`, 'topic'))
        for (const from of read) arrows.push({ from, to: nodeId, kind: 'records' })
      }
    }
    for (const { from, to } of edges) arrows.push({ from: idOf(nodes, from), to: idOf(nodes, to), kind: 'records' })
    for (const node of inside) {
      const from = idOf(nodes, node.name)
      if (node.kind === 'processor') {
        for (const store of node.stores) arrows.push({ from, to: idOf(stores, store), kind: 'uses' })
      } else if (node.kind === 'sink') {
        const to =
          node.topic === null
            ? topic('(chosen per record)', `chosen ${node.name}`, 'topic')
            : topic(node.topic, `topic ${node.topic}`, 'topic')
        arrows.push({ from, to, kind: 'records' })
      }
    }
    for (const store of json.stores) {
      if (store.subtopology === id) items.push({ id: idOf(stores, store.name), kind: 'store', label: store.name })
    }
    return { id: `sub${id}`, label: isGlobal ? `Global store ${id}` : `Sub-topology ${id}`, items }
  })
  return { topics: [...topics.values()], groups, arrows }
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  return present(ids.get(name), 'Everything that is named in a topology is part of it')
}
