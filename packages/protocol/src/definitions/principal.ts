import type { MessageDefinition } from './definition.ts'

export const defaultPrincipalData: MessageDefinition = {
  name: 'DefaultPrincipalData',
  kind: 'data',
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'type', type: 'string', versions: '0+' },
    { name: 'name', type: 'string', versions: '0+' },
    { name: 'tokenAuthenticated', type: 'bool', versions: '0+' },
  ],
}
