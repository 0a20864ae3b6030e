import type { MessageDefinition } from './definition.ts'

export const quorumStateData: MessageDefinition = {
  name: 'QuorumStateData',
  kind: 'data',
  versions: '0-1',
  flexible: '0+',
  fields: [
    { name: 'clusterId', type: 'string', versions: '0' },
    { name: 'leaderId', type: 'int32', versions: '0+', default: -1 },
    { name: 'leaderEpoch', type: 'int32', versions: '0+', default: -1 },
    { name: 'votedId', type: 'int32', versions: '0+', default: -1 },
    { name: 'votedDirectoryId', type: 'uuid', versions: '1+' },
    { name: 'appliedOffset', type: 'int64', versions: '0' },
    {
      name: 'currentVoters',
      type: '[]Voter',
      versions: '0',
      nullable: true,
      fields: [{ name: 'voterId', type: 'int32', versions: '0' }],
    },
  ],
}
