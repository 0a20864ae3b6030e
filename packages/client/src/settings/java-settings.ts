import { camelCase } from '@streamwright/std'

/**
 * Settings of Java's clients that a configuration file may well contain and that mean nothing here: classes to load,
 * metrics reporters, buffers of sockets (Node.js has no way to set them), key stores of Java.
 */
export const javaOnlySettings: readonly string[] = [
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
  'sasl.client.callback.handler.class',
  'sasl.kerberos.kinit.cmd',
  'sasl.kerberos.min.time.before.relogin',
  'sasl.kerberos.service.name',
  'sasl.kerberos.ticket.renew.jitter',
  'sasl.kerberos.ticket.renew.window.factor',
  'sasl.login.callback.handler.class',
  'sasl.login.class',
  'sasl.login.connect.timeout.ms',
  'sasl.login.read.timeout.ms',
  'sasl.login.refresh.buffer.seconds',
  'sasl.login.refresh.min.period.seconds',
  'sasl.login.refresh.window.jitter',
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

const known: ReadonlySet<string> = new Set(javaOnlySettings.flatMap((name) => [name, camelCase(name)]))

/** Whether a setting, by its dotted or camelCase name, has a meaning for Java's clients only. */
export function isJavaOnly(name: string): boolean {
  return known.has(name)
}
