import type { JsonObject } from '../json.ts'
import { isRecord, objectAt } from '../json.ts'
import type { Report } from '../report.ts'
import { VectorFile } from '../vector-file.ts'

/** A file in the protocol's format, its content, and the report to write to. */
export interface ProtocolRun {
  readonly file: VectorFile
  readonly content: JsonObject
  readonly report: Report
}

type Runner = (run: ProtocolRun) => void | Promise<void>

/** The kinds of files, each with the members that tell it, in the order in which they are tried. */
const kinds: readonly { readonly members: readonly string[]; readonly run: Runner }[] = [
  { members: ['api', 'request'], run: async (run) => (await import('./messages.ts')).runApi(run) },
  { members: ['message', 'vectors'], run: async (run) => (await import('./messages.ts')).runMessage(run) },
  { members: ['layouts'], run: async (run) => (await import('./layouts.ts')).runLayouts(run) },
  { members: ['apis', 'messages'], run: async (run) => (await import('./schemas.ts')).runSchemas(run) },
  {
    members: ['firstOffset', 'vectors'],
    run: async (run) => (await import('./leader-append.ts')).runLeaderAppend(run),
  },
  { members: ['assignor', 'cases'], run: async (run) => (await import('./assignors.ts')).runAssignor(run) },
  { members: ['partitionCounts'], run: async (run) => (await import('./hashes.ts')).runMurmur2(run) },
  { members: ['reserved', 'parse'], run: async (run) => (await import('./names.ts')).runUuids(run) },
  { members: ['names', 'collisions'], run: async (run) => (await import('./names.ts')).runTopicNames(run) },
  { members: ['vectors', 'odd'], run: async (run) => (await import('./varints.ts')).runVarints(run) },
  { members: ['errors'], run: async (run) => (await import('./errors.ts')).runErrors(run) },
  { members: ['AclOperation'], run: async (run) => (await import('./enums.ts')).runEnums(run) },
  {
    members: ['exchanges'],
    run: skipping('exchanges', 'recorded with a running broker, whose topics and data are not in the file'),
  },
  {
    members: ['observations'],
    run: skipping('observations', 'told in words; the requests behind them are among the exchanges'),
  },
  { members: ['records'], run: async (run) => (await import('./internal-records.ts')).runInternalRecords(run) },
  { members: ['topicId', 'files'], run: async (run) => (await import('./segments.ts')).runSegments(run) },
  { members: ['configs'], run: async (run) => (await import('./configs.ts')).runConfigs(run) },
  { members: ['change', 'changeDecode'], run: runChangesAlone },
  { members: ['timeWindowed', 'sessionWindowed'], run: runWindowKeysAlone },
  {
    members: ['producer', 'consumer'],
    run: async (run) => (await import('./client-configs.ts')).runClientConfigs(run),
  },
]

/** Files that are lists of `vectors`, told by a member of the first one. */
const vectorKinds: readonly { readonly member: string; readonly run: Runner }[] = [
  { member: 'completeBatches', run: async (run) => (await import('./records.ts')).runCorrupt(run) },
  { member: 'batches', run: async (run) => (await import('./records.ts')).runBatches(run) },
  { member: 'crc32c', run: async (run) => (await import('./hashes.ts')).runCrc32c(run) },
  { member: 'hashCode', run: async (run) => (await import('./hashes.ts')).runCoordinatorPartitions(run) },
]

/** Runs a file in the protocol's format; what is not ours to run yet is skipped by name. */
export async function runProtocolVectors(file: VectorFile, report: Report): Promise<void> {
  await runContent({ file, content: objectAt(file.content, file.label), report })
}

async function runContent(run: ProtocolRun): Promise<void> {
  const { content } = run
  if ('source' in content && 'files' in content) {
    await runBundle(run)
    return
  }
  const kind = kinds.find(({ members }) => members.every((member) => member in content))
  if (kind !== undefined) {
    await kind.run(run)
    return
  }
  const { vectors } = content
  const first: unknown = Array.isArray(vectors) ? vectors[0] : undefined
  const vectorKind = vectorKinds.find(({ member }) => isRecord(first) && member in first)
  if (vectorKind === undefined) skipEverything(run)
  else await vectorKind.run(run)
}

/** Several files in one, which is how this repository keeps its own vectors. */
async function runBundle({ file, content, report }: ProtocolRun): Promise<void> {
  for (const [path, inner] of Object.entries(objectAt(content['files'], 'files'))) {
    const label = `protocol/${path}`
    await runContent({ file: new VectorFile(file.path, label), content: objectAt(inner, label), report })
  }
}

function skipping(list: string, reason: string): (run: ProtocolRun) => void {
  return ({ file, content, report }) => {
    const entries = content[list]
    if (!Array.isArray(entries)) {
      report.skip(file.label, reason)
      return
    }
    for (const [index, entry] of entries.entries()) {
      const name: unknown = isRecord(entry) ? (entry['case'] ?? entry['name']) : undefined
      report.skip(`${file.label} ${typeof name === 'string' ? name : index}`, reason)
    }
  }
}

async function runChangesAlone(run: ProtocolRun): Promise<void> {
  const { runChanges } = await import('../serdes/inside-streams.ts')
  runChanges(run)
  skipEverything(run, ['change', 'changeDecode'])
}

async function runWindowKeysAlone(run: ProtocolRun): Promise<void> {
  const { runWindowKeys } = await import('../serdes/inside-streams.ts')
  runWindowKeys(run)
  skipEverything(run, ['timeWindowed', 'sessionWindowed'])
}

function skipEverything({ file, content, report }: ProtocolRun, but: readonly string[] = []): void {
  const reason = 'bytes that streams keeps in topics and stores, or files of a broker'
  for (const [member, value] of Object.entries(content)) {
    if (but.includes(member)) continue
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
    for (const key of keys) report.skip(`${file.label} ${member} ${key}`, reason)
  }
}
