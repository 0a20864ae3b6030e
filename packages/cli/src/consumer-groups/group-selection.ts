import type { Admin, GroupListing } from '@streamwright/client'
import type { ParsedOptions } from '../command-line/parse-options.ts'

/** How long an operation on groups may take unless `--timeout` says otherwise. */
export const groupTimeoutMsDefault = 30_000

/** The time-out that the admin client gets for each operation. */
export function timeoutOf(options: ParsedOptions): { readonly timeoutMs: number } {
  return { timeoutMs: options.integer('timeout') ?? groupTimeoutMsDefault }
}

/** Groups of consumers, by either protocol, and those that only keep offsets. */
export async function consumerGroups(admin: Admin, options: ParsedOptions): Promise<GroupListing[]> {
  const all = await admin.listGroups(timeoutOf(options))
  return all.filter(
    ({ protocolType, type }) =>
      (protocolType === '' || protocolType === 'consumer') && ['', 'classic', 'consumer'].includes(type.toLowerCase()),
  )
}

/** The groups of `--group` or `--all-groups`, each once. */
export async function selectedGroups(admin: Admin, options: ParsedOptions): Promise<string[]> {
  if (!options.has('all-groups')) return [...new Set(options.values('group'))]
  return (await consumerGroups(admin, options)).map(({ groupId }) => groupId)
}
