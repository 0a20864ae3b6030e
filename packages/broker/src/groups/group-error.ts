import { errorInfo } from '@streamwright/protocol'
import { StreamwrightError } from '@streamwright/std'

/** Why a group refuses a request: Kafka's error code, and a text for those answers that carry one. */
export class GroupError extends StreamwrightError {
  override readonly name = 'GroupError'
  readonly errorCode: number

  constructor(errorCode: number, message: string) {
    super(message, { code: errorInfo(errorCode).name })
    this.errorCode = errorCode
  }
}
