import type { ApiDefinition } from './definition.ts'

export const listConfigResources: ApiDefinition = {
  key: 74,
  name: 'ListConfigResources',
  versions: '0-1',
  flexible: '0+',
  listeners: ['broker'],
  request: [{ name: 'resourceTypes', type: '[]int8', versions: '1+' }],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    {
      name: 'configResources',
      type: '[]ConfigResource',
      versions: '0+',
      fields: [
        { name: 'resourceName', type: 'string', versions: '0+' },
        { name: 'resourceType', type: 'int8', versions: '1+', default: 16, ignorable: true },
      ],
    },
  ],
}
