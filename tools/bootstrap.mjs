// Installs the dependencies, Node.js 24 among them, when they are missing or older than the lockfile.
// The one file that must run on whatever Node.js (20 or later) the machine has.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const installed = 'node_modules/.package-lock.json'
const lockfile = 'package-lock.json'
const stale = !existsSync(installed) || statSync(lockfile).mtimeMs > statSync(installed).mtimeMs

if (stale) {
  console.error('Installing dependencies (Node.js 24 comes with them) ...')
  // `npm install`, not `npm ci`: a registry may lack the bindings of other platforms, and `npm ci` then refuses the lockfile.
  const { status } = spawnSync('npm', ['install', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('npm install failed. Remedy: run `npm install` by hand and read what it says.')
    process.exit(status ?? 1)
  }
}
