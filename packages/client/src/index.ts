export type { Connect } from './connection/transport.ts'
export {
  ClientClosedError,
  ConnectionError,
  OperationTimeoutError,
  RecordTooLargeError,
  RequestTimeoutError,
  UnsupportedVersionError,
} from './errors.ts'
