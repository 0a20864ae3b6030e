import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serdes } from '@streamwright/formats'
import { silentLog, systemEnvironment } from '@streamwright/std'
import { MemoryEngineSpace } from '../../src/state/engine/memory-engine.ts'
import type { WindowStoreDefinition } from '../../src/state/store-definition.ts'
import { Task } from '../../src/tasks/task.ts'
import { CapturingCollector } from '../../src/testing/capturing-collector.ts'
import { changelogWindowKey } from '../../src/state/stores/window-keys.ts'
import { exceptionHandlers } from '../../src/handlers/handler-options.ts'

const definition: WindowStoreDefinition = {
  kind: 'window',
  name: 'windows',
  engine: 'memory',
  caching: false,
  logging: {},
  timestamped: false,
  retentionMs: 100_000,
  windowSizeMs: 1000,
  retainDuplicates: false,
  key: serdes.string,
  value: serdes.string,
}

function taskWithStore(): Task {
  const engines = new MemoryEngineSpace()
  const task = new Task({
    id: { subtopology: 0, partition: 0 },
    applicationId: 'app',
    nodes: [],
    stores: [definition],
    partitions: [],
    changelogTopics: new Map([['windows', 'app-windows-changelog']]),
    collector: new CapturingCollector(),
    engines,
    cache: undefined,
    handlers: exceptionHandlers({}),
    onUndelivered: () => undefined,
    stateDirectory: '',
    config: {},
    environment: { ...systemEnvironment, log: silentLog },
  })
  task.open()
  return task
}

function record(startMs: number): { key: Buffer; value: Buffer; timestamp: number } {
  return { key: changelogWindowKey(Buffer.from('k'), startMs, 0), value: Buffer.from('v'), timestamp: startMs }
}

test('a wiped window store takes windows again that lie far before those it had', () => {
  const task = taskWithStore()
  task.restore('windows', [record(1_700_000_000_000)], 1)
  task.restore('windows', [record(1_600_000_000_000)], 2)
  assert.equal(task.engines.open('windows').approximateNumEntries(), 1)
  task.wipe('windows')
  assert.equal(task.engines.position('windows'), undefined)
  task.restore('windows', [record(1_600_000_000_000)], 1)
  assert.equal(task.engines.open('windows').approximateNumEntries(), 1)
  assert.equal(task.engines.position('windows'), 1)
  task.close()
})
