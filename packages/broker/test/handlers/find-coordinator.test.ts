import assert from 'node:assert/strict'
import test from 'node:test'
import { findCoordinator } from '@streamwright/protocol/messages/find-coordinator'
import { metadata } from '@streamwright/protocol/messages/metadata'
import type { ProtocolClient } from '../support/protocol-client.ts'
import { testBroker } from '../support/test-broker.ts'

async function internalTopics(client: ProtocolClient): Promise<readonly string[]> {
  const { topics } = await client.send(metadata, 12, { topics: null })
  return topics.filter(({ isInternal }) => isInternal).map(({ name }) => name ?? '')
}

/**
 * franz-go's test of subscription by a pattern asks for a coordinator so that there is an internal topic, and then
 * waits for it in the metadata. It was there from the first commit on alone.
 */
test('the question for a coordinator makes its internal topic', async (context) => {
  const { client } = await testBroker(context)
  assert.deepEqual(await internalTopics(client), [])
  await client.send(findCoordinator, 6, { keyType: 0, coordinatorKeys: ['group'] })
  assert.deepEqual(await internalTopics(client), ['__consumer_offsets'])
  await client.send(findCoordinator, 3, { keyType: 1, key: 'transactional' })
  await client.send(findCoordinator, 3, { keyType: 1, key: 'other' })
  assert.deepEqual((await internalTopics(client)).toSorted(), ['__consumer_offsets', '__transaction_state'])
})
