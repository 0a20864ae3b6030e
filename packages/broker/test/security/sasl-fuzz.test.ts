import assert from 'node:assert/strict'
import test from 'node:test'
import { scramDigests } from '@streamwright/protocol/sasl'
import { seededRandom } from '@streamwright/std'
import type { SaslMechanism } from '../../src/security/sasl/mechanism.ts'
import { SaslFailure } from '../../src/security/sasl/mechanism.ts'
import { oauthBearerMechanism } from '../../src/security/sasl/oauthbearer.ts'
import { passwordsOf, plainMechanism } from '../../src/security/sasl/plain.ts'
import { scramMechanism } from '../../src/security/sasl/scram.ts'

const rounds = 3000
const credential = { user: 'alice', iterations: 4096, salt: 'c2FsdA==', storedKey: 'AAAA', serverKey: 'AAAA' }
const refuse = (): never => {
  throw new SaslFailure('no token')
}

const mechanisms: readonly (readonly [SaslMechanism, readonly string[]])[] = [
  [plainMechanism(passwordsOf(new Map([['alice', 'secret']]))), ['\0alice\0secret', 'alice\0alice\0secret']],
  ...scramDigests.map((digest): readonly [SaslMechanism, readonly string[]] => [
    scramMechanism(digest, (user) => (user === 'alice' ? { ...credential, mechanism: digest.code } : undefined), {
      valid: () => undefined,
      credential: refuse,
    }),
    ['n,,n=alice,r=nonce', 'n,,n=id,r=nonce,tokenauth=true', 'n,a=alice,n=alice,r=nonce,x=1', 'c=biws,r=nonce,p=AAAA'],
  ]),
  [
    oauthBearerMechanism(refuse),
    ['n,,\u0001auth=Bearer abc.def.\u0001\u0001', 'n,a=x,\u0001auth=Bearer a\u0001b=c\u0001\u0001'],
  ],
]

for (const [mechanism, seeds] of mechanisms) {
  test(`${mechanism.name}: whatever is said, the answer is a reply or a refusal, and nobody comes in`, async () => {
    const random = seededRandom(20_261_121)
    for (let round = 0; round < rounds; round++) {
      const exchange = mechanism.begin()
      const length = 1 + random.below(3)
      try {
        for (let index = 0; index < length; index++) {
          const message = Buffer.from(seeds[random.below(seeds.length)] ?? '')
          const changes = 1 + random.below(4)
          for (let change = 0; change < changes; change++) {
            const at = random.below(Math.max(1, message.length))
            if (message.length > 0) message[at] = random.below(256)
          }
          const cut = message.subarray(0, random.below(message.length + 1))
          // The messages of an exchange come one after the other.
          // oxlint-disable-next-line no-await-in-loop
          const { authenticated } = await exchange.respond(random.below(2) === 0 ? message : cut)
          assert.ok(authenticated === undefined || authenticated.name === 'alice', 'only by the very password')
        }
      } catch (error) {
        assert.ok(error instanceof SaslFailure, String(error))
      }
    }
  })
}
