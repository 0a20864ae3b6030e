import type { ApiDefinition } from './definition.ts'

export const brokerHeartbeat: ApiDefinition = {
  key: 63,
  name: 'BrokerHeartbeat',
  versions: '0-2',
  flexible: '0+',
  listeners: ['controller'],
  clusterAction: true,
  request: [
    { name: 'brokerId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'brokerEpoch', type: 'int64', versions: '0+', default: -1n },
    { name: 'currentMetadataOffset', type: 'int64', versions: '0+' },
    { name: 'wantFence', type: 'bool', versions: '0+' },
    { name: 'wantShutDown', type: 'bool', versions: '0+' },
    { name: 'offlineLogDirs', type: '[]uuid', versions: '1+', tag: 0 },
    { name: 'cordonedLogDirs', type: '[]uuid', versions: '2+', nullable: true, tag: 1, default: null },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '0+' },
    { name: 'errorCode', type: 'int16', versions: '0+' },
    { name: 'isCaughtUp', type: 'bool', versions: '0+' },
    { name: 'isFenced', type: 'bool', versions: '0+', default: true },
    { name: 'shouldShutDown', type: 'bool', versions: '0+' },
  ],
}
