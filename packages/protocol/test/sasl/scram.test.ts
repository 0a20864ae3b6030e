import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '@streamwright/std'
import {
  clientFinalWithoutProof,
  clientProof,
  decodeClientFinal,
  decodeClientFirst,
  decodeServerFinal,
  decodeServerFirst,
  encodeClientFinal,
  encodeClientFirst,
  encodeServerFinal,
  encodeServerFirst,
  isProof,
  isServerSignature,
  saltedPassword,
  scramAuthMessage,
  scramDigest,
  scramKeys,
  serverSignature,
} from '../../src/sasl/index.ts'

test('the example of RFC 7677 comes out', async () => {
  const digest = present(scramDigest('SCRAM-SHA-256'), 'a mechanism')
  const { text, bare } = encodeClientFirst('user', 'rOprNGfwEbeRWgbNEkqO')
  assert.equal(text, 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
  const answered = 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'
  const first = present(decodeServerFirst(answered), 'a message')
  assert.equal(encodeServerFirst(first), answered)
  const withoutProof = clientFinalWithoutProof(first.nonce)
  const authMessage = scramAuthMessage(bare, answered, withoutProof)
  const salted = await saltedPassword(digest, 'pencil', first.salt, first.iterations)
  const proof = clientProof(digest, salted, authMessage)
  const final = encodeClientFinal(withoutProof, proof)
  assert.equal(
    final,
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  )
  assert.deepEqual(decodeClientFinal(final)?.proof, proof)
  const keys = scramKeys(digest, salted)
  assert.ok(isProof(digest, keys, authMessage, proof))
  proof[3] = (proof[3] ?? 0) ^ 1
  assert.ok(!isProof(digest, keys, authMessage, proof))
  assert.ok(!isProof(digest, keys, authMessage, proof.subarray(1)))
  const signature = serverSignature(digest, keys, authMessage)
  assert.equal(encodeServerFinal({ signature }), 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')
  assert.ok(isServerSignature(digest, salted, authMessage, signature))
  assert.ok(!isServerSignature(digest, salted, `${authMessage} `, signature))
})

test('names may have signs in them that part messages', () => {
  assert.equal(encodeClientFirst('id', '1', { tokenauth: 'true' }).text, 'n,,n=id,r=1,tokenauth=true')
  const { text } = encodeClientFirst('a,b=c=2C', 'nonce')
  assert.equal(text, 'n,,n=a=2Cb=3Dc=3D2C,r=nonce')
  assert.equal(decodeClientFirst(text)?.username, 'a,b=c=2C')
  assert.equal(decodeClientFirst('n,a=x=3Dy,n=ü,r=1,tokenauth=true')?.authorizationId, 'x=y')
  assert.deepEqual([...(decodeClientFirst('n,,n=u,r=1,tokenauth=true')?.extensions ?? [])], [['tokenauth', 'true']])
})

test('what is no message is told from one', () => {
  const noClientFirst = ['', 'y,,n=u,r=1', 'p=tls-unique,,n=u,r=1', 'n,,n=,r=1', 'n,,n=a=b,r=1', 'n,,n=u', 'n,,n=u,r= ']
  for (const text of noClientFirst) assert.equal(decodeClientFirst(text), undefined, text)
  for (const text of ['', 'r=1,s=!,i=1', 'r=1,s=AA==', 'r=1,s=AA==,i=-1', 'r=1,s=AA==,i=99999999999']) {
    assert.equal(decodeServerFirst(text), undefined, text)
  }
  for (const text of ['', 'c=biws,r=1', 'c=biws,r=1,p=A', 'r=1,c=biws,p=AA==']) {
    assert.equal(decodeClientFinal(text), undefined, text)
  }
  for (const text of ['', 'v=A', 'x=1']) assert.equal(decodeServerFinal(text), undefined, text)
  assert.deepEqual(decodeServerFinal('e=other-error'), { error: 'other-error' })
})
