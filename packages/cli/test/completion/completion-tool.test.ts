import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { commands } from '../../src/commands/commands.ts'
import { completionTool } from '../../src/completion/completion-tool.ts'
import { runCli } from '../run-cli.ts'

test('bash, having sourced it, completes commands, their options, and commands of commands', async () => {
  const { out, status } = await runCli(completionTool(commands), ['bash'])
  assert.equal(status, 0)
  const complete = (...words: readonly string[]): readonly string[] => {
    const list = ['streamwright', ...words].map((word) => `'${word}'`).join(' ')
    const script = `${out}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length}; _streamwright; echo "\${COMPREPLY[*]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
  }
  assert.deepEqual(complete('get-'), ['get-offsets'])
  assert.deepEqual(complete('topics', '--cre'), ['--create'])
  assert.deepEqual(complete('topics', '--create', '--replica-a'), ['--replica-assignment'])
  assert.deepEqual(complete('cluster', 'unreg'), ['unregister'])
  assert.deepEqual(complete('cluster', 'unregister', '--i'), ['--id'])
  assert.deepEqual(complete('completion', 'z'), ['zsh'])
  assert.deepEqual(complete('producer-perf-test', '--payload-m'), ['--payload-monotonic'])
  assert.deepEqual(complete('consumer-perf-test', '--show'), ['--show-detailed-stats'])
})

test('an unknown shell is told which there are', async () => {
  const { error, status } = await runCli(completionTool(commands), ['tcsh'])
  assert.equal(status, 1)
  assert.equal(error, 'usage: streamwright completion bash|zsh|fish\n')
})
