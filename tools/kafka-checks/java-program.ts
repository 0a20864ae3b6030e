import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { KafkaInstallation } from '../apache-kafka/installation.ts'

const startTimeoutMs = 60_000

/** Runs one of Kafka's tools to its end and returns what it printed. */
export function runJavaTool(kafka: KafkaInstallation, mainClass: string, argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    'java',
    [...kafka.javaArguments(mainClass, { shortLived: true }), ...argv],
    {
      encoding: 'utf8',
      timeout: startTimeoutMs,
    },
  )
  if (status !== 0) throw new Error(`${mainClass} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/** The same while our event loop goes on: for tools that talk to a broker in this process. */
export async function runJavaToolBeside(
  kafka: KafkaInstallation,
  mainClass: string,
  argv: readonly string[],
  input = '',
): Promise<string> {
  const child = spawn('java', [...kafka.javaArguments(mainClass, { shortLived: true }), ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: startTimeoutMs,
  })
  child.stdin.end(input)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`${mainClass} ended with ${status}:\n${printed}`)
  return printed
}

/** A Java program that prints RUNNING when it runs and ends when its standard input does. */
export class JavaProgram {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(
    kafka: KafkaInstallation,
    mainClass: string,
    classes: string,
    argv: readonly string[],
  ): Promise<JavaProgram> {
    const child = spawn('java', [...kafka.javaArguments(mainClass, { classes }), ...argv], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.setEncoding('utf8')
    for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
      printed += String(text)
      if (printed.includes('RUNNING')) break
    }
    if (!printed.includes('RUNNING')) throw new Error(`${mainClass} ended before it ran: ${printed}`)
    child.stdout.resume()
    return new JavaProgram(child)
  }

  /** Sends a line, and resolves with the line that the program answers. One at a time. */
  ask(line: string): Promise<string> {
    const { stdin, stdout } = this.#child
    return new Promise((resolve, reject) => {
      let printed = ''
      const onData = (text: string): void => {
        printed += text
        if (printed.endsWith('\n')) done(() => resolve(printed.trim()))
      }
      const onExit = (): void => done(() => reject(new Error(`The program ended: ${printed}`)))
      const done = (end: () => void): void => {
        stdout?.off('data', onData)
        this.#child.off('exit', onExit)
        end()
      }
      stdout?.on('data', onData)
      this.#child.on('exit', onExit)
      stdin?.write(`${line}\n`)
    })
  }

  /** Lets it commit, leave the group and end. */
  async close(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.stdin?.end()
    await exited
  }
}
