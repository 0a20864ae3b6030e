import { spawnSync } from 'node:child_process'

const mark = 'STREAMWRIGHT_OWN_NETWORK'

/**
 * Runs this command anew in a network namespace that has nothing but a loopback, and ends with its status: a suite that
 * insists on port 9092 gets it, whatever else the machine does. Where there are no namespaces, goes on.
 */
export function moveToOwnNetwork(): void {
  if (process.env[mark] !== undefined || spawnSync('unshare', ['-rn', 'true']).status !== 0) return
  const command = ['sh', '-c', 'ip link set lo up && exec "$0" "$@"', process.execPath, ...process.argv.slice(1)]
  const { status } = spawnSync('unshare', ['-rn', ...command], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: 'yes' },
  })
  process.exit(status ?? 1)
}
