import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
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

test('bash completes the scripts under Kafka’s names too, by name or path; fish is told of each', async () => {
  const { out } = await runCli(completionTool(commands), ['bash'])
  const complete = (...words: readonly string[]): readonly string[] => {
    const list = words.map((word) => `'${word}'`).join(' ')
    const script = `${out}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _streamwright_script; echo "\${COMPREPLY[*]}"`
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
  }
  assert.deepEqual(complete('kafka-topics.sh', '--cre'), ['--create'])
  assert.deepEqual(complete('bin/kafka-topics.sh', '--create', '--replica-a'), ['--replica-assignment'])
  assert.deepEqual(complete('./kafka-cluster.sh', 'unreg'), ['unregister'])
  assert.deepEqual(complete('kafka-cluster.sh', 'unregister', '--i'), ['--id'])
  assert.deepEqual(complete('kafka-unheard-of.sh', '--x'), [''])

  const fish = (await runCli(completionTool(commands), ['fish'])).out
  assert.match(fish, /^complete -c kafka-topics\.sh -n 'true' -a '.*--create.*'$/m)
  assert.match(fish, /^complete -c kafka-cluster\.sh -n '__fish_use_subcommand' -a '.*unregister.*'$/m)
  assert.match(fish, /^complete -c kafka-cluster\.sh -n '__fish_seen_subcommand_from unregister' -a '.*--id.*'$/m)

  const folder = fileURLToPath(new URL('../../../../bin/', import.meta.url))
  // What kafka-run-class runs is known only when it has been named.
  const scripts = readdirSync(folder).filter((name) => name.startsWith('kafka-') && name !== 'kafka-run-class.sh')
  const completed = /^complete .*_streamwright_script (.*)$/m.exec(out)?.[1]?.split(' ')
  assert.deepEqual(completed?.toSorted(), scripts.toSorted())
})

test('an unknown shell is told which there are', async () => {
  const { error, status } = await runCli(completionTool(commands), ['tcsh'])
  assert.equal(status, 1)
  assert.equal(error, 'usage: streamwright completion bash|zsh|fish\n')
})
