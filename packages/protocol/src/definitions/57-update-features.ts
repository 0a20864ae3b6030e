import type { ApiDefinition } from './definition.ts'

export const updateFeatures: ApiDefinition = {
  key: 57,
  name: 'UpdateFeatures',
  versions: '0-2',
  flexible: '0+',
  listeners: ['broker', 'controller'],
  clusterAction: true,
  forwardable: true,
  request: [
    { name: 'timeoutMs', type: 'int32', versions: '0+', default: 60000 },
    {
      name: 'featureUpdates',
      type: '[]FeatureUpdateKey',
      versions: '0+',
      fields: [
        { name: 'feature', type: 'string', versions: '0+', mapKey: true },
        { name: 'maxVersionLevel', type: 'int16', versions: '0+' },
        { name: 'allowDowngrade', type: 'bool', versions: '0' },
        { name: 'upgradeType', type: 'int8', versions: '1+', default: 1 },
      ],
    },
    { name: 'validateOnly', type: 'bool', versions: '1+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'errorMessage', type: 'string', versions: '0+', nullable: true },
    {
      name: 'results',
      type: '[]UpdatableFeatureResult',
      versions: '0-1',
      ignorable: true,
      fields: [
        { name: 'feature', type: 'string', versions: '0-1', mapKey: true },
        { name: 'errorCode', type: 'int16', versions: '0-1' },
        { name: 'errorMessage', type: 'string', versions: '0-1', nullable: true },
      ],
    },
  ],
}
