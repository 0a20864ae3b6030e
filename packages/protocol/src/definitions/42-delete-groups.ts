import type { ApiDefinition } from './definition.ts'

export const deleteGroups: ApiDefinition = {
  key: 42,
  name: 'DeleteGroups',
  versions: '0-2',
  flexible: '2+',
  listeners: ['broker'],
  request: [{ name: 'groupsNames', type: '[]string', versions: '0+', entity: 'groupId' }],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    {
      name: 'results',
      type: '[]DeletableGroupResult',
      versions: '0+',
      fields: [
        { name: 'groupId', type: 'string', versions: '0+', mapKey: true, entity: 'groupId' },
        { name: 'errorCode', type: 'int16', versions: '0+' },
      ],
    },
  ],
}
