/** How a listener is secured: TLS or not, SASL or not. */
export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL'

const securityProtocols: readonly SecurityProtocol[] = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL']

/** The protocol of this name, in any case. */
export function securityProtocol(name: string): SecurityProtocol | undefined {
  return securityProtocols.find((protocol) => protocol === name.toUpperCase())
}

/** Whether clients speak TLS with it. */
export function usesTls(protocol: SecurityProtocol): boolean {
  return protocol === 'SSL' || protocol === 'SASL_SSL'
}

/** Whether clients say who they are by SASL. */
export function usesSasl(protocol: SecurityProtocol): boolean {
  return protocol === 'SASL_PLAINTEXT' || protocol === 'SASL_SSL'
}
