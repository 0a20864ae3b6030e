import type { Tool } from '../command-line/tool.ts'

/** `zookeeper-server-start`: older texts begin with it, so it says what is true and lets them go on. */
export const zookeeperTool: Tool = {
  name: 'zookeeper-server-start',
  about: 'Kafka needs no ZooKeeper any more.',
  options: {
    daemon: { about: 'Accepted.', argument: 'none' },
  },
  run(_options, terminal) {
    terminal.out('Kafka needs no ZooKeeper any more: go on with bin/kafka-server-start.sh config/server.properties\n')
    return Promise.resolve(0)
  },
}
