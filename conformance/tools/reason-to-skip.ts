import type { JsonObject } from '../json.ts'
import { isRecord, listAt, textAt } from '../json.ts'
import { neutralActions } from './neutral-actions.ts'
import { clientActions } from './running-clients.ts'
import { tools } from './tool-names.ts'

/** Why a case cannot be run with our broker yet; undefined when it can. */
export function reasonToSkip(vector: JsonObject): string | undefined {
  const cluster = textAt(vector, 'cluster')
  if (cluster !== 'one' && cluster !== 'acl' && cluster !== 'none') return `needs the cluster ${cluster}`
  const runs = listAt(vector, 'steps').flatMap((step) => (isRecord(step['run']) ? [textAt(step['run'], 'tool')] : []))
  const strange = runs.find((tool) => !(tool in tools))
  if (strange !== undefined) return `the tool ${strange} is not there yet`
  for (const step of listAt(vector, 'steps')) {
    if (step['node'] !== undefined) return 'stops a broker of several'
    const operation = isRecord(step['do']) ? textAt(step['do'], 'op') : undefined
    const words = isRecord(step['run']) ? JSON.stringify(step['run']['argv']) : ''
    const formatter = /[A-Z]\w*MessageFormatter(?=")/.exec(words)?.[0]
    if (words.includes('org.apache.kafka.tools.consumer.') && !isPlainFormatter(formatter))
      return `the formatter ${formatter ?? ''} is not there yet`
    if (isRecord(step['run']) && step['run']['tool'] === 'kafka-broker-api-versions' && cluster === 'one')
      return 'lists APIs of share and streams groups, which are not there yet'
    if (/metadata-decoder"/.test(words) && words.includes('{logDir}'))
      return 'ours keeps its metadata in a file of its own'
    if (/state-decoder"/.test(words) && words.includes('{logDir}')) return 'share groups are not there yet'
    if (isRecord(step['do']) && step['do']['share'] === true) return 'share groups are not there yet'
    if (operation !== undefined && !(operation in neutralActions) && !clientActions.includes(operation))
      return `the action ${operation} is not there yet`
  }
  return undefined
}

function isPlainFormatter(name: string | undefined): boolean {
  return name === undefined || /^(?:Default|Logging|Offsets|GroupMetadata|TransactionLog)MessageFormatter$/.test(name)
}
