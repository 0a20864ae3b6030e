import { camelCase } from '@streamwright/std'

/**
 * Settings of Java's clients that a configuration file may well contain and that mean nothing here: classes to load,
 * metrics reporters, buffers of sockets (Node.js has no way to set them), key stores of Java.
 */
const names = [
  'auto.include.jmx.reporter',
  'config.providers',
  'enable.metrics.push',
  'interceptor.classes',
  'key.deserializer',
  'key.serializer',
  'metric.reporters',
  'metrics.num.samples',
  'metrics.recording.level',
  'metrics.sample.window.ms',
  'receive.buffer.bytes',
  'security.providers',
  'send.buffer.bytes',
  'ssl.engine.factory.class',
  'ssl.keymanager.algorithm',
  'ssl.protocol',
  'ssl.provider',
  'ssl.secure.random.implementation',
  'ssl.trustmanager.algorithm',
  'value.deserializer',
  'value.serializer',
]

const known: ReadonlySet<string> = new Set(names.flatMap((name) => [name, camelCase(name)]))

/** Whether a setting, by its dotted or camelCase name, has a meaning for Java's clients only. */
export function isJavaOnly(name: string): boolean {
  return known.has(name)
}
