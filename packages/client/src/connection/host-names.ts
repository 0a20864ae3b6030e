import { lookup as systemLookup, promises } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { asError } from '@streamwright/std'
import { ConnectionError } from '../errors.ts'
import type { BrokerAddress } from './broker-address.ts'
import { addressText } from './broker-address.ts'

/**
 * Resolves names as `lookup` does (default: the system), beginning with another address at each attempt. Within an
 * attempt Node.js goes on to the next address when nobody listens at one; but one that takes connections and never
 * answers would be the first again each time.
 */
export function rotatedLookup(attempt: number, lookup: LookupFunction = systemLookup): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, (error, found, family) => {
      if (error !== null || typeof found === 'string') return callback(error, found, family)
      const first = attempt % Math.max(found.length, 1)
      callback(null, [...found.slice(first), ...found.slice(0, first)])
    })
  }
}

/**
 * The canonical names of all addresses that `host` has: what Kerberos and certificates for single hosts go by
 * (`client.dns.lookup=resolve_canonical_bootstrap_servers_only`). Rejects with `ConnectionError`.
 */
export async function canonicalAddresses({ host, port }: BrokerAddress): Promise<BrokerAddress[]> {
  try {
    const found = await promises.lookup(host, { all: true })
    return await Promise.all(
      // An address without a name stands for itself.
      found.map(({ address }) =>
        promises.lookupService(address, port).then(
          ({ hostname }) => ({ host: hostname, port }),
          () => ({ host: address, port }),
        ),
      ),
    )
  } catch (error) {
    const address = addressText({ host, port })
    throw new ConnectionError(
      `The name in bootstrap.servers ${address} could not be resolved: ${asError(error).message}. Is it right, and does ` +
        'this machine know it?',
      { address, code: 'CONNECTION_FAILED', cause: error },
    )
  }
}
