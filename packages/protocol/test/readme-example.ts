import { Reader, decodeRequestHeader, encodeRequest, encodeResponse, kafkaError } from '@streamwright/protocol'
import { metadata } from '@streamwright/protocol/messages/metadata'

// A client asks. What is left out takes its default; the chunks are for one gathering write.
const request = encodeRequest(metadata, 12, { correlationId: 1, clientId: 'example' }, { topics: [{ name: 'orders' }] })

// A broker reads: the size (a FrameDecoder takes it off), the header, the body, each field by its name.
const reader = new Reader(Buffer.concat(request).subarray(4))
const { apiVersion, correlationId } = decodeRequestHeader(reader)
const { topics } = metadata.request.decode(reader, apiVersion)

// And it answers, in the version that it was asked in.
const unknown = kafkaError(3, 'orders')
export const response: readonly Uint8Array[] = encodeResponse(metadata, apiVersion, correlationId, {
  brokers: [{ nodeId: 1, host: 'localhost', port: 9092 }],
  topics: topics?.map(({ name }) => ({ name, errorCode: unknown.errorCode })) ?? [],
})
