import assert from 'node:assert/strict'
import { alterClientQuotas } from '@streamwright/protocol/messages/alter-client-quotas'
import type { QuotaEntity } from '../../src/quotas/quota-entity.ts'
import type { ProtocolClient } from '../support/protocol-client.ts'

/** Gives an entity quotas; those without a value are removed. */
export async function setQuotas(
  client: ProtocolClient,
  entity: QuotaEntity,
  values: Readonly<Record<string, number | undefined>>,
): Promise<void> {
  const parts = Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName }))
  const ops = Object.entries(values).map(([key, value]) => ({ key, value: value ?? 0, remove: value === undefined }))
  const { entries } = await client.send(alterClientQuotas, 1, { entries: [{ entity: parts, ops }] })
  assert.deepEqual(
    entries.map(({ errorMessage }) => errorMessage),
    [null],
  )
}
