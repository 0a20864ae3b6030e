import type { FieldDefinition, MessageDefinition } from './definition.ts'

const voterFields: readonly FieldDefinition[] = [
  { name: 'voterId', type: 'int32', versions: '0+' },
  { name: 'voterDirectoryId', type: 'uuid', versions: '1+' },
]

export const controlRecordTypeSchema: MessageDefinition = {
  name: 'ControlRecordTypeSchema',
  kind: 'data',
  versions: '0',
  fields: [{ name: 'type', type: 'int16', versions: '0+' }],
}

export const endTxnMarker: MessageDefinition = {
  name: 'EndTxnMarker',
  kind: 'data',
  versions: '0',
  fields: [{ name: 'coordinatorEpoch', type: 'int32', versions: '0+' }],
}

export const kRaftVersionRecord: MessageDefinition = {
  name: 'KRaftVersionRecord',
  kind: 'data',
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'version', type: 'int16', versions: '0+' },
    { name: 'kRaftVersion', type: 'int16', versions: '0+' },
  ],
}

export const leaderChangeMessage: MessageDefinition = {
  name: 'LeaderChangeMessage',
  kind: 'data',
  versions: '0-1',
  flexible: '0+',
  fields: [
    { name: 'version', type: 'int16', versions: '0+' },
    { name: 'leaderId', type: 'int32', versions: '0+', entity: 'brokerId' },
    { name: 'voters', type: '[]Voter', versions: '0+', fields: voterFields },
    { name: 'grantingVoters', type: '[]Voter', versions: '0+', fields: voterFields },
  ],
}

export const snapshotFooterRecord: MessageDefinition = {
  name: 'SnapshotFooterRecord',
  kind: 'data',
  versions: '0',
  flexible: '0+',
  fields: [{ name: 'version', type: 'int16', versions: '0+' }],
}

export const snapshotHeaderRecord: MessageDefinition = {
  name: 'SnapshotHeaderRecord',
  kind: 'data',
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'version', type: 'int16', versions: '0+' },
    { name: 'lastContainedLogTimestamp', type: 'int64', versions: '0+' },
  ],
}

export const votersRecord: MessageDefinition = {
  name: 'VotersRecord',
  kind: 'data',
  versions: '0',
  flexible: '0+',
  fields: [
    { name: 'version', type: 'int16', versions: '0+' },
    {
      name: 'voters',
      type: '[]Voter',
      versions: '0+',
      fields: [
        { name: 'voterId', type: 'int32', versions: '0+', entity: 'brokerId' },
        { name: 'voterDirectoryId', type: 'uuid', versions: '0+' },
        {
          name: 'endpoints',
          type: '[]Endpoint',
          versions: '0+',
          fields: [
            { name: 'name', type: 'string', versions: '0+', mapKey: true },
            { name: 'host', type: 'string', versions: '0+' },
            { name: 'port', type: 'uint16', versions: '0+' },
          ],
        },
        {
          name: 'kRaftVersionFeature',
          type: 'KRaftVersionFeature',
          versions: '0+',
          fields: [
            { name: 'minSupportedVersion', type: 'int16', versions: '0+' },
            { name: 'maxSupportedVersion', type: 'int16', versions: '0+' },
          ],
        },
      ],
    },
  ],
}
