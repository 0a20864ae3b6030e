import type { ApiDefinition } from './definition.ts'

export const describeDelegationToken: ApiDefinition = {
  key: 41,
  name: 'DescribeDelegationToken',
  versions: '1-3',
  flexible: '2+',
  listeners: ['broker', 'controller'],
  request: [
    {
      name: 'owners',
      type: '[]DescribeDelegationTokenOwner',
      versions: '1+',
      nullable: true,
      fields: [
        { name: 'principalType', type: 'string', versions: '1+' },
        { name: 'principalName', type: 'string', versions: '1+' },
      ],
    },
  ],
  response: [
    { name: 'errorCode', type: 'int16', versions: '1+' },
    {
      name: 'tokens',
      type: '[]DescribedDelegationToken',
      versions: '1+',
      fields: [
        { name: 'principalType', type: 'string', versions: '1+' },
        { name: 'principalName', type: 'string', versions: '1+' },
        { name: 'tokenRequesterPrincipalType', type: 'string', versions: '3+' },
        { name: 'tokenRequesterPrincipalName', type: 'string', versions: '3+' },
        { name: 'issueTimestamp', type: 'int64', versions: '1+' },
        { name: 'expiryTimestamp', type: 'int64', versions: '1+' },
        { name: 'maxTimestamp', type: 'int64', versions: '1+' },
        { name: 'tokenId', type: 'string', versions: '1+' },
        { name: 'hmac', type: 'bytes', versions: '1+' },
        {
          name: 'renewers',
          type: '[]DescribedDelegationTokenRenewer',
          versions: '1+',
          fields: [
            { name: 'principalType', type: 'string', versions: '1+' },
            { name: 'principalName', type: 'string', versions: '1+' },
          ],
        },
      ],
    },
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
  ],
}
