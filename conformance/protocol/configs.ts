import assert from 'node:assert/strict'
import { brokerConfigs } from '../../packages/broker/src/config/broker-configs.ts'
import type { ConfigDefinition } from '../../packages/broker/src/config/config-definition.ts'
import { topicConfigs } from '../../packages/broker/src/config/topic-configs.ts'
import type { JsonObject } from '../json.ts'
import { listAt, textAt } from '../json.ts'
import { runCase } from '../report.ts'
import type { ProtocolRun } from './run.ts'

/** `topic-configs.json` and `broker-configs.json`: what the broker knows of each configuration. */
export function runConfigs({ content, file, report }: ProtocolRun): void {
  const entries = listAt(content, 'configs')
  // Topics alone have this one.
  const ofTopics = entries.some((entry) => entry['name'] === 'retention.ms')
  const definitions = ofTopics ? topicConfigs : brokerConfigs
  for (const entry of entries) {
    const name = textAt(entry, 'name')
    runCase(report, `${file.label} ${name}`, () => check(entry, definitions.get(name)))
  }
}

function check(entry: JsonObject, definition: ConfigDefinition | undefined): void {
  assert.ok(definition !== undefined, 'is known')
  assert.equal(definition.type, entry['type'])
  assert.equal(!definition.isHidden, entry['described'] === true, 'whether it is described')
  if (definition.isHidden) return
  assert.equal(definition.isSensitive, entry['sensitive'], 'whether it is secret')
  assert.equal(!definition.isDynamic, entry['readOnly'], 'whether it may change')
  if (entry['describedDefault'] !== undefined) assert.equal(definition.default, entry['describedDefault'])
}
