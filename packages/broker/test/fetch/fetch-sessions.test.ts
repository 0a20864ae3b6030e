import assert from 'node:assert/strict'
import test from 'node:test'
import { ErrorCode } from '@streamwright/protocol'
import { int32Max } from '@streamwright/std'
import type { FetchSession, SessionDecision } from '../../src/fetch/fetch-sessions.ts'
import { FetchSessions } from '../../src/fetch/fetch-sessions.ts'
import { fetchSessionEvictionMs } from '../../src/limits.ts'
import { fakeEnvironment } from '../support/fake-environment.ts'

function sessionOf(decision: SessionDecision): FetchSession {
  assert.ok(decision.kind === 'full' || decision.kind === 'incremental')
  return decision.session
}

test('a session goes on by epochs, each used once', () => {
  const sessions = new FetchSessions(10, fakeEnvironment())
  const session = sessionOf(sessions.decide(0, 0, false, 1))
  assert.equal(sessions.decide(session.id, 1, false, 0).kind, 'incremental')
  assert.equal(sessions.decide(session.id, 2, false, 0).kind, 'incremental')
  assert.deepEqual(sessions.decide(session.id, 2, false, 0), {
    kind: 'refused',
    errorCode: ErrorCode.INVALID_FETCH_SESSION_EPOCH,
  })
  session.nextEpoch = int32Max
  assert.equal(sessions.decide(session.id, int32Max, false, 0).kind, 'incremental')
  assert.equal(session.nextEpoch, 1)
})

test('a session that nobody knows, or that was closed, is refused', () => {
  const sessions = new FetchSessions(10, fakeEnvironment())
  const unknown: SessionDecision = { kind: 'refused', errorCode: ErrorCode.FETCH_SESSION_ID_NOT_FOUND }
  assert.deepEqual(sessions.decide(12_345, 1, false, 0), unknown)
  const session = sessionOf(sessions.decide(0, 0, false, 1))
  assert.equal(sessions.decide(session.id, -1, false, 0).kind, 'none')
  assert.deepEqual(sessions.decide(session.id, 1, false, 0), unknown)
})

test('a session keeps to names or to ids', () => {
  const sessions = new FetchSessions(10, fakeEnvironment())
  const session = sessionOf(sessions.decide(0, 0, true, 1))
  assert.deepEqual(sessions.decide(session.id, 1, false, 0), {
    kind: 'refused',
    errorCode: ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
  })
})

test('slots are given up only by sessions that were idle for long, the longest first', async () => {
  const environment = fakeEnvironment()
  const sessions = new FetchSessions(2, environment)
  const first = sessionOf(sessions.decide(0, 0, false, 1))
  const second = sessionOf(sessions.decide(0, 0, false, 1))
  assert.equal(sessions.decide(0, 0, false, 1).kind, 'none')
  await environment.advance(fetchSessionEvictionMs)
  assert.equal(sessions.decide(first.id, 1, false, 0).kind, 'incremental')
  assert.equal(sessions.decide(0, 0, false, 1).kind, 'full')
  assert.equal(sessions.decide(second.id, 1, false, 0).kind, 'refused')
  assert.equal(sessions.decide(first.id, 2, false, 0).kind, 'incremental')
  assert.equal(sessions.count, 2)
})
