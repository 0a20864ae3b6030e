import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigurationError } from '@streamwright/std'
import type { SaslSettings } from '../../../src/connection/sasl/credentials.ts'
import { saslCredentials } from '../../../src/connection/sasl/credentials.ts'

const nothing: SaslSettings = {
  securityProtocol: 'SASL_SSL',
  saslMechanism: 'PLAIN',
  saslJaasConfig: null,
  saslUsername: null,
  saslPassword: null,
  saslOauthbearerTokenEndpointUrl: null,
  saslOauthbearerClientCredentialsClientId: null,
  saslOauthbearerClientCredentialsClientSecret: null,
  saslOauthbearerScope: null,
  saslLoginRefreshWindowFactor: 0.8,
  saslLoginRetryBackoffMs: 1,
  saslLoginRetryBackoffMaxMs: 2,
}
const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="s3cret";'

test('user and password come from sasl.jaas.config, or have settings of their own', () => {
  const expected = { mechanism: 'PLAIN', username: 'alice', password: 's3cret', isToken: false }
  assert.deepEqual(saslCredentials({ ...nothing, saslJaasConfig: jaas }), expected)
  assert.deepEqual(saslCredentials({ ...nothing, saslUsername: 'alice', saslPassword: 's3cret' }), expected)
  assert.equal(saslCredentials({ ...nothing, securityProtocol: 'SSL' }), undefined)
})

test('a delegation token is told by tokenauth', () => {
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule'
  const saslJaasConfig = `${module} required username="id" password="aG1hYw==" tokenauth="true";`
  assert.deepEqual(saslCredentials({ ...nothing, saslMechanism: 'SCRAM-SHA-256', saslJaasConfig }), {
    ...{ mechanism: 'SCRAM-SHA-256', username: 'id', password: 'aG1hYw==', isToken: true },
  })
})

test('what is missing is named, and no secret with it', () => {
  assert.throws(() => saslCredentials(nothing), /needs a user and a password: give sasl\.username/)
  assert.throws(
    () => saslCredentials({ ...nothing, saslMechanism: 'OAUTHBEARER' }),
    /needs tokens: give oauthbearerToken/,
  )
  assert.throws(() => saslCredentials({ ...nothing, saslMechanism: 'GSSAPI' }), /GSSAPI is not supported/)
  const broken = jaas.replace('password=', 'password:')
  assert.throws(
    () => saslCredentials({ ...nothing, saslJaasConfig: broken }),
    (error) => error instanceof ConfigurationError && !error.message.includes('s3cret'),
  )
})
