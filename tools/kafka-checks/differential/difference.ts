/** Two answers to one request, as texts. */
export interface Difference {
  readonly area: string
  readonly api: string
  readonly version: number
  readonly request: string
  readonly ours: string
  readonly kafka: string
  /** Only messages for people differ. */
  readonly isAboutTexts: boolean
}

/** For the terminal. */
export function describeDifference({ area, api, version, request, ours, kafka, isAboutTexts }: Difference): string {
  const head = `${isAboutTexts ? 'TEXT' : 'DIFF'} ${area} ${api} v${version}`
  return `${head}\n  asked ${request}\n  ours  ${ours}\n  Kafka ${kafka}\n`
}
