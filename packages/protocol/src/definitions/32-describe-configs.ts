import type { ApiDefinition } from './definition.ts'

export const describeConfigs: ApiDefinition = {
  key: 32,
  name: 'DescribeConfigs',
  versions: '1-4',
  flexible: '4+',
  listeners: ['broker', 'controller'],
  request: [
    {
      name: 'resources',
      type: '[]DescribeConfigsResource',
      versions: '1+',
      fields: [
        { name: 'resourceType', type: 'int8', versions: '1+' },
        { name: 'resourceName', type: 'string', versions: '1+' },
        { name: 'configurationKeys', type: '[]string', versions: '1+', nullable: true },
      ],
    },
    { name: 'includeSynonyms', type: 'bool', versions: '1+' },
    { name: 'includeDocumentation', type: 'bool', versions: '3+' },
  ],
  response: [
    { name: 'throttleTimeMs', type: 'int32', versions: '1+' },
    {
      name: 'results',
      type: '[]DescribeConfigsResult',
      versions: '1+',
      fields: [
        { name: 'errorCode', type: 'int16', versions: '1+' },
        { name: 'errorMessage', type: 'string', versions: '1+', nullable: true },
        { name: 'resourceType', type: 'int8', versions: '1+' },
        { name: 'resourceName', type: 'string', versions: '1+' },
        {
          name: 'configs',
          type: '[]DescribeConfigsResourceResult',
          versions: '1+',
          fields: [
            { name: 'name', type: 'string', versions: '1+' },
            { name: 'value', type: 'string', versions: '1+', nullable: true },
            { name: 'readOnly', type: 'bool', versions: '1+' },
            { name: 'configSource', type: 'int8', versions: '1+', default: -1, ignorable: true },
            { name: 'isSensitive', type: 'bool', versions: '1+' },
            {
              name: 'synonyms',
              type: '[]DescribeConfigsSynonym',
              versions: '1+',
              ignorable: true,
              fields: [
                { name: 'name', type: 'string', versions: '1+' },
                { name: 'value', type: 'string', versions: '1+', nullable: true },
                { name: 'source', type: 'int8', versions: '1+' },
              ],
            },
            { name: 'configType', type: 'int8', versions: '3+', ignorable: true },
            { name: 'documentation', type: 'string', versions: '3+', nullable: true, ignorable: true },
          ],
        },
      ],
    },
  ],
}
