export { AssertionError, assert, present, unreachable } from './assert.ts'
export { asBuffer, compareBytes, emptyBytes, equalBytes, fromHex, toHex } from './bytes.ts'
export type { Clock } from './clock.ts'
export { systemClock } from './clock.ts'
export type { Deferred } from './deferred.ts'
export { deferred } from './deferred.ts'
export type { Environment } from './environment.ts'
export { environmentWith, systemEnvironment } from './environment.ts'
export type { ErrorDetails } from './errors.ts'
export { ConfigurationError, StreamwrightError, asError } from './errors.ts'
export { int16Max, int32Max, int64Max, int64Min, safeNumber } from './integers.ts'
export type { Log, LogFields, LogLevel, LogOptions, LogThreshold } from './log.ts'
export { createLog, logLevels, silentLog } from './log.ts'
export { parseProperties } from './properties.ts'
export type { ReusableMemoryLimits } from './reusable-memory.ts'
export { ReusableMemory } from './reusable-memory.ts'
export type { Random } from './random.ts'
export { seededRandom, systemRandom } from './random.ts'
export type {
  BooleanSetting,
  CamelCase,
  ListSetting,
  NumberSetting,
  SettingInput,
  SettingSpec,
  SettingSpecs,
  SettingValues,
  StringSetting,
} from './settings.ts'
export { camelCase, readSetting, readSettings } from './settings.ts'
export type { Transitions } from './state-machine.ts'
export { StateMachine } from './state-machine.ts'
export type { Timer, Timers } from './timers.ts'
export { delay, systemTimers } from './timers.ts'
export { latin1Slice, latin1Write, utf8Slice, utf8Write } from './text.ts'
