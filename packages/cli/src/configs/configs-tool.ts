import { KafkaError } from '@streamwright/protocol'
import { javaError } from '../command-line/java-error.ts'
import { withAdmin } from '../command-line/open-admin.ts'
import { outputOption } from '../command-line/output.ts'
import type { Tool } from '../command-line/tool.ts'
import { ArgumentError, UsageError } from '../command-line/usage-error.ts'
import { alterConfigs } from './alter-configs.ts'
import { describeConfigs } from './describe-configs.ts'
import { checkEntity, entityOf, namedEntities } from './entity.ts'

/** `kafka-configs`: describes and changes the settings of topics, brokers, groups and so on. */
export const configsTool: Tool = {
  name: 'kafka-configs',
  about:
    'This tool helps to manipulate and describe entity config for a topic, client, user, broker, ip, client-metrics or group',
  needsOptions: true,
  tellsParseErrorsBriefly: true,
  options: {
    'bootstrap-server': { about: 'Brokers to connect to, as host:port, separated by commas.', argumentName: 'servers' },
    'bootstrap-controller': { about: 'Controllers to connect to instead.', argumentName: 'servers' },
    'command-config': { about: 'A file of admin client settings.', argumentName: 'file' },
    alter: { about: 'Change settings.', argument: 'none' },
    describe: { about: 'Show settings that are not the defaults.', argument: 'none' },
    all: { about: 'Show all settings.', argument: 'none' },
    'entity-type': {
      about: 'topics, clients, users, brokers, ips, client-metrics, groups or broker-loggers.',
      argumentName: 'type',
      repeatable: true,
    },
    'entity-name': { about: 'The name or id.', argumentName: 'name', repeatable: true },
    'entity-default': { about: 'What holds for all of the type.', argument: 'none' },
    'add-config': { about: 'Settings: k1=v1,k2=[v1,v2,v3].', argumentName: 'settings' },
    'add-config-file': { about: 'A file of settings.', argumentName: 'file' },
    'delete-config': { about: 'Settings to set back, separated by commas.', argumentName: 'names', repeatable: true },
    ...Object.fromEntries(
      Object.entries(namedEntities).map(([name, { type, isDefault }]) => [
        name,
        isDefault
          ? { about: `What holds for all ${type}.`, argument: 'none' as const }
          : { about: `One of ${type}.`, argumentName: 'name', repeatable: true },
      ]),
    ),
    ...outputOption,
  },
  async run(options, terminal) {
    if (options.has('alter') === options.has('describe'))
      throw new UsageError('Command must include exactly one action: --describe, --alter')
    options.exclude('describe', ['add-config', 'delete-config'])
    const controller = options.value('bootstrap-controller')
    if (options.has('bootstrap-server') && controller !== undefined)
      throw new ArgumentError('Only one of --bootstrap-server or --bootstrap-controller can be specified')
    if (!options.has('bootstrap-server') && controller === undefined)
      throw new ArgumentError('Either --bootstrap-server or --bootstrap-controller must be specified.')
    const entity = entityOf(options)
    checkEntity(entity, options)
    try {
      await withAdmin(options, terminal, (admin) =>
        options.has('alter')
          ? alterConfigs(admin, entity, options, terminal)
          : describeConfigs(admin, entity, options, terminal),
      )
      return 0
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error
      const args = options.argv.join(' ')
      throw new ArgumentError(
        `Error while executing config command with args '${args}'\njava.util.concurrent.ExecutionException: ${javaError(error).text}`,
      )
    }
  },
}
