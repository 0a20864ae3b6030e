import type { ApiDefinition } from './definition.ts'

export const describeLogDirs: ApiDefinition = {
  key: 35,
  name: 'DescribeLogDirs',
  versions: '1-5',
  flexible: '2+',
  listeners: ['broker'],
  request: [
    {
      name: 'topics',
      type: '[]DescribableLogDirTopic',
      versions: '1+',
      nullable: true,
      fields: [
        { name: 'topic', type: 'string', versions: '1+', mapKey: true, entity: 'topicName' },
        { name: 'partitions', type: '[]int32', versions: '1+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    { name: 'errorCode', type: 'int16', versions: '3+', ignorable: true },
    {
      name: 'results',
      type: '[]DescribeLogDirsResult',
      versions: '1+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'logDir', type: 'string', versions: '1+' },
        {
          name: 'topics',
          type: '[]DescribeLogDirsTopic',
          versions: '1+',
          fields: [
            { name: 'name', type: 'string', versions: '1+', entity: 'topicName' },
            {
              name: 'partitions',
              type: '[]DescribeLogDirsPartition',
              versions: '1+',
              fields: [
                { name: 'partitionIndex', type: 'int32', versions: '1+' },
                { name: 'partitionSize', type: 'int64', versions: '1+' },
                { name: 'offsetLag', type: 'int64', versions: '1+' },
                { name: 'isFutureKey', type: 'bool', versions: '1+' },
              ],
            },
          ],
        },
        { name: 'totalBytes', type: 'int64', versions: '4+', default: -1n, ignorable: true },
        { name: 'usableBytes', type: 'int64', versions: '4+', default: -1n, ignorable: true },
        { name: 'isCordoned', type: 'bool', versions: '5+', ignorable: true },
      ],
    },
  ],
}
