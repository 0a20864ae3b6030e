/** What brokers show about this client (KIP-511). A test holds the version to the package's. */
export const clientSoftware: { readonly clientSoftwareName: string; readonly clientSoftwareVersion: string } = {
  clientSoftwareName: 'streamwright',
  clientSoftwareVersion: '0.1.0',
}
