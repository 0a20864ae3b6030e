import type { ApiDefinition } from './definition.ts'

export const deleteAcls: ApiDefinition = {
  key: 31,
  name: 'DeleteAcls',
  versions: '1-3',
  flexible: '2+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    {
      name: 'filters',
      type: '[]DeleteAclsFilter',
      versions: '1+',
      fields: [
        { name: 'resourceTypeFilter', type: 'int8', versions: '1+' },
        { name: 'resourceNameFilter', type: 'string', versions: '1+', nullable: true },
        { name: 'patternTypeFilter', type: 'int8', versions: '1+', default: 3 },
        { name: 'principalFilter', type: 'string', versions: '1+', nullable: true },
        { name: 'hostFilter', type: 'string', versions: '1+', nullable: true },
        { name: 'operation', type: 'int8', versions: '1+' },
        { name: 'permissionType', type: 'int8', versions: '1+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    {
      name: 'filterResults',
      type: '[]DeleteAclsFilterResult',
      versions: '1+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'errorMessage', type: 'string', versions: '1+', nullable: true },
        {
          name: 'matchingAcls',
          type: '[]DeleteAclsMatchingAcl',
          versions: '1+',
          fields: [
            { name: 'errorCode', type: 'int16', versions: '1+' },
            { name: 'errorMessage', type: 'string', versions: '1+', nullable: true },
            { name: 'resourceType', type: 'int8', versions: '1+' },
            { name: 'resourceName', type: 'string', versions: '1+' },
            { name: 'patternType', type: 'int8', versions: '1+', default: 3 },
            { name: 'principal', type: 'string', versions: '1+' },
            { name: 'host', type: 'string', versions: '1+' },
            { name: 'operation', type: 'int8', versions: '1+' },
            { name: 'permissionType', type: 'int8', versions: '1+' },
          ],
        },
      ],
    },
  ],
}
