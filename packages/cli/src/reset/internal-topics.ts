const endings =
  /(-changelog|-repartition|-subscription-registration-topic|-subscription-response-topic|-FK-JOIN-SUBSCRIPTION-\w+-\d+-topic)$/

/** Whether Streams made a topic for the application: its prefix, and one of the endings that it gives. */
export function isInternalTopicOf(applicationId: string, topic: string): boolean {
  return topic.startsWith(`${applicationId}-`) && endings.test(topic)
}
