import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '../../src/errors/error-codes.ts'
import { allErrors, errorInfo } from '../../src/errors/error-info.ts'
import { KafkaError, kafkaError } from '../../src/errors/kafka-error.ts'

test('an error code becomes an error with its name, and what is known of the case', () => {
  const error = kafkaError(ErrorCode.NOT_LEADER_OR_FOLLOWER, 'orders-3')
  assert.ok(error instanceof KafkaError)
  assert.equal(error.code, 'NOT_LEADER_OR_FOLLOWER')
  assert.equal(error.errorCode, 6)
  assert.ok(error.retriable)
  assert.match(error.message, /: orders-3$/)
  assert.doesNotMatch(kafkaError(6, null).message, /null/)
})

test('a code from a newer broker is an error that is not retriable', () => {
  const error = kafkaError(999)
  assert.equal(error.code, 'UNKNOWN_ERROR_999')
  assert.equal(error.errorCode, 999)
  assert.ok(!error.retriable)
  assert.match(error.message, /999/)
})

test('every code has a message of its own', () => {
  assert.equal(allErrors.length, Object.keys(ErrorCode).length)
  assert.equal(new Set(allErrors.map(({ message }) => message)).size, allErrors.length)
  assert.equal(errorInfo(ErrorCode.NONE).javaException, null)
})
