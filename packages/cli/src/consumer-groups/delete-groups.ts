import type { Admin } from '@streamwright/client'
import { OperationTimeoutError } from '@streamwright/client'
import { javaError } from '../command-line/java-error.ts'
import { show } from '../command-line/output.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import type { Terminal } from '../command-line/tool.ts'
import { selectedGroups, timeoutOf } from './group-selection.ts'

/** Deletes each group by itself, so that one that cannot go does not keep the others. */
export async function deleteGroups(admin: Admin, options: ParsedOptions, terminal: Terminal): Promise<void> {
  const groups = await selectedGroups(admin, options)
  const deleted: string[] = []
  const failed = new Map<string, string>()
  for (const group of groups) {
    try {
      await admin.deleteGroups([group], timeoutOf(options))
      deleted.push(group)
    } catch (error) {
      failed.set(group, javaError(error, 'deleteConsumerGroups(api=FIND_COORDINATOR)').text)
      // No broker answers: the next group would wait as long.
      if (error instanceof OperationTimeoutError) break
    }
  }
  show(options, terminal, { deleted, failed: Object.fromEntries(failed) }, () => {
    const names = deleted.map((group) => `'${group}'`).join(', ')
    if (failed.size === 0) {
      terminal.out(`Deletion of requested consumer groups (${names}) was successful.\n`)
      return
    }
    terminal.out('\nError: Deletion of some consumer groups failed:\n')
    for (const [group, text] of failed) terminal.out(`* Group '${group}' could not be deleted due to: ${text}\n`)
    if (deleted.length > 0) terminal.out(`\nThese consumer groups were deleted successfully: ${names}\n`)
  })
}
