import type { Environment, SettingInput, SettingValues } from '@streamwright/std'
import type { ClientHooks, ClientSettings } from '../settings/client-settings.ts'
import { clientSettingSpecs, readClientSettings } from '../settings/client-settings.ts'

const ownSpecs = {
  'default.api.timeout.ms': {
    type: 'int',
    default: 60_000,
    min: 0,
    about: 'How long an operation may take, with all retries, unless it says otherwise.',
  },
} as const

/** The settings of an admin client, under Kafka's names. */
export const adminSettingSpecs: typeof clientSettingSpecs & typeof ownSpecs = { ...clientSettingSpecs, ...ownSpecs }

/** An admin client's settings as a user gives them. */
export type AdminConfig = SettingInput<typeof adminSettingSpecs> & ClientHooks

/** An admin client's settings, checked. */
export type AdminSettings = SettingValues<typeof adminSettingSpecs> & ClientSettings

/** Checks an admin client's configuration. Throws `ConfigurationError`. */
export function readAdminSettings(config: AdminConfig, environment: Environment): AdminSettings {
  return { ...readClientSettings(adminSettingSpecs, config, ['connect'], environment.log), connect: config.connect }
}
