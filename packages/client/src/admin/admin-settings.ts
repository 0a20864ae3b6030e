import type { Environment, SettingInput, SettingValues } from '@streamwright/std'
import type { ClientHooks, ClientSettings } from '../settings/client-settings.ts'
import { ConfigurationError } from '@streamwright/std'
import { clientSettingSpecs, readClientSettings } from '../settings/client-settings.ts'

const ownSpecs = {
  'bootstrap.servers': {
    type: 'list',
    default: [],
    about: 'Brokers to ask first, as host:port; they name all others.',
  },
  'bootstrap.controllers': {
    type: 'list',
    default: [],
    about: 'Controllers to ask instead, as host:port: for what looks after the cluster itself.',
  },
  'connections.max.idle.ms': { type: 'long', default: 300_000, about: 'Closes a connection unused for this long.' },
  'default.api.timeout.ms': {
    type: 'int',
    default: 60_000,
    min: 0,
    about: 'How long an operation may take, with all retries, unless it says otherwise.',
  },
} as const

/** The settings of an admin client, under Kafka's names. */
export const adminSettingSpecs: Omit<typeof clientSettingSpecs, keyof typeof ownSpecs> & typeof ownSpecs = {
  ...clientSettingSpecs,
  ...ownSpecs,
}

/** An admin client's settings as a user gives them. */
export type AdminConfig = SettingInput<typeof adminSettingSpecs> & ClientHooks

/** An admin client's settings, checked. */
export type AdminSettings = SettingValues<typeof adminSettingSpecs> & ClientSettings

/** Checks an admin client's configuration. Throws `ConfigurationError`. */
export function readAdminSettings(config: AdminConfig, environment: Environment): AdminSettings {
  const settings = readClientSettings(adminSettingSpecs, config, ['connect', 'oauthbearerToken'], environment.log)
  const { bootstrapServers, bootstrapControllers } = settings
  if (bootstrapServers.length > 0 && bootstrapControllers.length > 0) {
    throw new ConfigurationError('Give bootstrap.servers or bootstrap.controllers, not both')
  }
  const asksControllers = bootstrapControllers.length > 0
  return {
    ...settings,
    bootstrapServers: asksControllers ? bootstrapControllers : bootstrapServers,
    asksControllers,
    connect: config.connect,
    oauthbearerToken: config.oauthbearerToken,
  }
}
