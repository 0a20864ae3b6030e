/** Where `kafka-storage format` leaves what a new cluster begins with, beside meta.properties. */
export const bootstrapFile = 'bootstrap.checkpoint'

/** Where it leaves the controllers, when they are not named in server.properties. */
export const quorumFile = '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint'
