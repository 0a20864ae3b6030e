import type { FieldDefinition, MessageDefinition } from './definition.ts'

const taskIdFields: readonly FieldDefinition[] = [
  { name: 'topicGroupId', type: 'int32', versions: '1-6' },
  { name: 'partition', type: 'int32', versions: '1-6' },
]

export const subscriptionInfoData: MessageDefinition = {
  name: 'SubscriptionInfoData',
  kind: 'data',
  versions: '1-11',
  fields: [
    { name: 'version', type: 'int32', versions: '1+' },
    { name: 'latestSupportedVersion', type: 'int32', versions: '3+', default: -1 },
    { name: 'processId', type: 'uuid', versions: '1+' },
    { name: 'prevTasks', type: '[]TaskId', versions: '1-6', fields: taskIdFields },
    { name: 'standbyTasks', type: '[]TaskId', versions: '1-6', fields: taskIdFields },
    { name: 'userEndPoint', type: 'bytes', versions: '2+' },
    {
      name: 'taskOffsetSums',
      type: '[]TaskOffsetSum',
      versions: '7+',
      fields: [
        { name: 'topicGroupId', type: 'int32', versions: '7+' },
        { name: 'partition', type: 'int32', versions: '10+' },
        { name: 'offsetSum', type: 'int64', versions: '10+' },
        { name: 'namedTopology', type: 'string', versions: '10+', nullable: true },
        {
          name: 'partitionToOffsetSum',
          type: '[]PartitionToOffsetSum',
          versions: '7-9',
          fields: [
            { name: 'partition', type: 'int32', versions: '7-9' },
            { name: 'offsetSum', type: 'int64', versions: '7-9' },
          ],
        },
      ],
    },
    { name: 'uniqueField', type: 'int8', versions: '8+' },
    { name: 'errorCode', type: 'int32', versions: '9+' },
    {
      name: 'clientTags',
      type: '[]ClientTag',
      versions: '11+',
      fields: [
        { name: 'key', type: 'bytes', versions: '11+' },
        { name: 'value', type: 'bytes', versions: '11+' },
      ],
    },
  ],
}
