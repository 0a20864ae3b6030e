import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../source-files.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Apache Kafka's jars, compiled test programs and the way to start a Java class of either. */
export interface KafkaInstallation {
  readonly version: string
  readonly libraries: string
  /** Compiles the sources, unless they were with the same content, and returns the folder of their classes. */
  compile(name: string, sources: readonly string[]): string
  /** The arguments of `java` that run a main class with the jars and, if given, compiled classes. */
  javaArguments(mainClass: string, options?: JavaOptions): string[]
}

export interface JavaOptions {
  /** Of at most so much, such as `1g`; `default`: what Java makes of the machine. Default: `512m`. */
  readonly heap?: string
  readonly classes?: string
  /** Favours a quick start over speed: for tools that run a second. */
  readonly shortLived?: boolean
}

/** The version that everything is compared with, unless another is named. */
export const kafkaVersion = '4.3.0'

/**
 * Downloads the jars by Maven when those of our `pom.xml` are not in `.cache` yet (126 MB, about 15 s). Needs `java` and
 * `mvn`.
 */
export function installKafka(version: string = kafkaVersion): KafkaInstallation {
  const folder = join(root, '.cache', `apache-kafka-${version}`)
  const libraries = join(folder, 'libs')
  const pom = join(here, 'pom.xml')
  // The copy tells what the jars were downloaded for, so it is made when they are there.
  const downloaded = join(folder, 'pom.xml')
  if (!existsSync(libraries) || !isSameFile(pom, downloaded)) {
    requireCommand('java', ['-version'], 'a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless)')
    requireCommand('mvn', ['-version'], 'Maven (Debian: apt-get install maven)')
    mkdirSync(folder, { recursive: true })
    process.stdout.write(`Downloading Apache Kafka ${version} from Maven Central ...\n`)
    // Jars that are there stay as they are: programs may run with them.
    const target = existsSync(libraries) ? libraries : `${libraries}.part`
    const argv = [
      ...['-q', '-B', '-f', pom, `-Dkafka=${version}`],
      ...['dependency:copy-dependencies', `-DoutputDirectory=${target}`, '-DincludeScope=runtime'],
    ]
    // Maven resets the colours of a terminal even when it has nothing to say.
    const { status, stdout, stderr } = spawnSync('mvn', argv, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`Maven could not download Apache Kafka:\n${stdout}${stderr}`)
    if (target !== libraries) renameSync(target, libraries)
    copyFileSync(pom, downloaded)
  }
  const classPath = (classes: string | undefined): string =>
    `${classes === undefined ? '' : `${classes}:`}${libraries}/*`
  return {
    version,
    libraries,
    compile(name, sources) {
      const hash = createHash('sha256')
      for (const source of sources) hash.update(readFileSync(source))
      const classes = join(folder, `classes-${name}-${hash.digest('hex').slice(0, 12)}`)
      if (existsSync(classes)) return classes
      const unfinished = mkdtempSync(`${classes}.part-`)
      const argv = ['-nowarn', '-cp', classPath(undefined), '-d', unfinished, ...sources]
      const { status, stderr } = spawnSync('javac', argv, { encoding: 'utf8' })
      if (status !== 0) throw new Error(`javac failed:\n${stderr}`)
      if (readdirSync(unfinished).length === 0) throw new Error(`javac made no classes in ${unfinished}`)
      // Another process may have been quicker; its classes are the same.
      if (existsSync(classes)) rmSync(unfinished, { recursive: true })
      else renameSync(unfinished, classes)
      return classes
    },
    javaArguments: (mainClass, options = {}) => [
      ...(options.heap === 'default' ? [] : [`-Xmx${options.heap ?? '512m'}`]),
      ...(options.shortLived === true ? ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'] : []),
      '-cp',
      classPath(options.classes),
      `-Dlog4j2.configurationFile=${join(here, 'log4j2.yaml')}`,
      mainClass,
    ],
  }
}

function isSameFile(one: string, other: string): boolean {
  return existsSync(other) && readFileSync(one).equals(readFileSync(other))
}

function requireCommand(command: string, argv: readonly string[], what: string): void {
  if (spawnSync(command, argv, { stdio: 'ignore' }).status !== 0)
    throw new Error(`${command} was not found. Remedy: install ${what}`)
}
