import type { ApiDefinition } from './definition.ts'

export const createAcls: ApiDefinition = {
  key: 30,
  name: 'CreateAcls',
  versions: '1-3',
  flexible: '2+',
  listeners: ['broker', 'controller'],
  forwardable: true,
  request: [
    {
      name: 'creations',
      type: '[]AclCreation',
      versions: '1+',
      fields: [
        { name: 'resourceType', type: 'int8', versions: '1+' },
        { name: 'resourceName', type: 'string', versions: '1+' },
        { name: 'resourcePatternType', type: 'int8', versions: '1+', default: 3 },
        { name: 'principal', type: 'string', versions: '1+' },
        { name: 'host', type: 'string', versions: '1+' },
        { name: 'operation', type: 'int8', versions: '1+' },
        { name: 'permissionType', type: 'int8', versions: '1+' },
      ],
    },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    {
      name: 'results',
      type: '[]AclCreationResult',
      versions: '1+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'errorMessage', type: 'string', versions: '1+', nullable: true },
      ],
    },
  ],
}
