import type { ApiDefinition } from './definition.ts'

export const syncGroup: ApiDefinition = {
  key: 14,
  name: 'SyncGroup',
  versions: '0-5',
  flexible: '4+',
  listeners: ['broker'],
  request: [
    { name: 'groupId', type: 'string', versions: '0+', entity: 'groupId' },
    { name: 'generationId', type: 'int32', versions: '0+' },
    { name: 'memberId', type: 'string', versions: '0+' },
    { name: 'groupInstanceId', type: 'string', versions: '3+', nullable: true, default: null },
    { name: 'protocolType', type: 'string', versions: '5+', nullable: true, default: null, ignorable: true },
    { name: 'protocolName', type: 'string', versions: '5+', nullable: true, default: null, ignorable: true },
    {
      name: 'assignments',
      type: '[]SyncGroupRequestAssignment',
      versions: '0+',
      fields: [
        { name: 'memberId', type: 'string', versions: '0+' },
        { name: 'assignment', type: 'bytes', versions: '0+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+', ignorable: true },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'protocolType', type: 'string', versions: '5+', nullable: true, default: null, ignorable: true },
    { name: 'protocolName', type: 'string', versions: '5+', nullable: true, default: null, ignorable: true },
    { name: 'assignment', type: 'bytes', versions: '0+' },
  ],
}
