import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigurationError } from '@streamwright/std'
import { parseJaasConfig } from '../src/index.ts'

test('a login module and its options are read, in quotes or without', () => {
  const { loginModule, options } = parseJaasConfig(`
    com.example.Module required // a comment
      username="al\\"ice" user_b-o.b=p_1 /* another */
      "user_quoted name"="a;b=c,d";`)
  assert.equal(loginModule, 'com.example.Module')
  assert.deepEqual(
    [...options],
    [
      ['username', 'al"ice'],
      ['user_b-o.b', 'p_1'],
      ['user_quoted name', 'a;b=c,d'],
    ],
  )
  assert.equal(parseJaasConfig('Module REQUIRED;').options.size, 0)
})

test('what is wrong is said without what is secret', () => {
  for (const [text, why] of [
    ['', /does not begin with a login module/],
    ['Module', /control flag/],
    ['Module username="s3cret";', /control flag/],
    ['Module required password="s3cret"', /semicolon/],
    ['Module required password=;', /has no value|not of the form/],
    ['Module required password "s3cret";', /option 1 is not of the form/],
    ['Module required password="s3cret;', /character 26 begins neither/],
    ['Module required a="s3cret"; Other required;', /more than one/],
  ] as const) {
    assert.throws(
      () => parseJaasConfig(text),
      (error) => error instanceof ConfigurationError && why.test(error.message) && !error.message.includes('s3cret'),
      text,
    )
  }
})
