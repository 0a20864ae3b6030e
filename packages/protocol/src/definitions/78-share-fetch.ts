import type { ApiDefinition } from './definition.ts'

export const shareFetch: ApiDefinition = {
  key: 78,
  name: 'ShareFetch',
  versions: '1-2',
  flexible: '1+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '1+', nullable: true, default: null, entity: 'groupId' },
    { name: 'memberId', type: 'string', versions: '1+', nullable: true },
    { name: 'shareSessionEpoch', type: 'int32', versions: '1+' },
    { name: 'maxWaitMs', type: 'int32', versions: '1+' },
    { name: 'minBytes', type: 'int32', versions: '1+' },
    { name: 'maxBytes', type: 'int32', versions: '1+', default: 2147483647 },
    { name: 'maxRecords', type: 'int32', versions: '1+' },
    { name: 'batchSize', type: 'int32', versions: '1+' },
    { name: 'shareAcquireMode', type: 'int8', versions: '2+', ignorable: true },
    { name: 'isRenewAck', type: 'bool', versions: '2+' },
    {
      name: 'topics',
      type: '[]FetchTopic',
      versions: '1+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '1+', mapKey: true },
        {
          name: 'partitions',
          type: '[]FetchPartition',
          versions: '1+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1+', mapKey: true },
            {
              name: 'acknowledgementBatches',
              type: '[]AcknowledgementBatch',
              versions: '1+',
              fields: [
                { name: 'firstOffset', type: 'int64', versions: '1+' },
                { name: 'lastOffset', type: 'int64', versions: '1+' },
                { name: 'acknowledgeTypes', type: '[]int8', versions: '1+' },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'forgottenTopicsData',
      type: '[]ForgottenTopic',
      versions: '1+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '1+' },
        { name: 'partitions', type: '[]int32', versions: '1+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    { name: 'errorCode', type: 'int16', versions: '1+' },
    { name: 'errorMessage', type: 'string', versions: '1+', nullable: true, default: null },
    { name: 'acquisitionLockTimeoutMs', type: 'int32', versions: '1+' },
    {
      name: 'responses',
      type: '[]ShareFetchableTopicResponse',
      versions: '1+',
      fields: [
        { name: 'topicId', type: 'uuid', versions: '1+', mapKey: true },
        {
          name: 'partitions',
          type: '[]PartitionData',
          versions: '1+',
          fields: [
            { name: 'partitionIndex', type: 'int32', versions: '1+' },
            { name: 'errorCode', type: 'int16', versions: '1+' },
            { name: 'errorMessage', type: 'string', versions: '1+', nullable: true, default: null },
            { name: 'acknowledgeErrorCode', type: 'int16', versions: '1+' },
            { name: 'acknowledgeErrorMessage', type: 'string', versions: '1+', nullable: true, default: null },
            {
              name: 'currentLeader',
              type: 'LeaderIdAndEpoch',
              versions: '1+',
              fields: [
                { name: 'leaderId', type: 'int32', versions: '1+' },
                { name: 'leaderEpoch', type: 'int32', versions: '1+' },
              ],
            },
            { name: 'records', type: 'records', versions: '1+' },
            {
              name: 'acquiredRecords',
              type: '[]AcquiredRecords',
              versions: '1+',
              fields: [
                { name: 'firstOffset', type: 'int64', versions: '1+' },
                { name: 'lastOffset', type: 'int64', versions: '1+' },
                { name: 'deliveryCount', type: 'int16', versions: '1+' },
              ],
            },
          ],
        },
      ],
    },
    {
      name: 'nodeEndpoints',
      type: '[]NodeEndpoint',
      versions: '1+',
      fields: [
        { name: 'nodeId', type: 'int32', versions: '1+', mapKey: true, entity: 'brokerId' },
        { name: 'host', type: 'string', versions: '1+' },
        { name: 'port', type: 'int32', versions: '1+' },
        { name: 'rack', type: 'string', versions: '1+', nullable: true, default: null },
      ],
    },
  ],
}
