/** An option of a tool, described once: parsing, checks and `--help` follow from it. Names without dashes. */
export interface OptionSpec {
  readonly about: string
  /** `none`: a flag. `optional`: an empty text stands for a missing one. By default an argument is required. */
  readonly argument?: 'none' | 'optional'
  /** Of an optional argument: the words that are one. By default those that do not begin with a dash. */
  readonly argumentForm?: RegExp
  /** What stands for the argument in the help, such as `topic`. */
  readonly argumentName?: string
  /** May be given more than once. */
  readonly repeatable?: boolean
  readonly aliases?: readonly string[]
  /** What the option is called today; using this one says so on standard error. */
  readonly renamedTo?: string
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** A tool: its name as users know it, what it is for, and its options. */
export interface ToolSpec {
  /** Such as `kafka-topics`. */
  readonly name: string
  readonly about: string
  readonly options: OptionSpecs
  /** Shows its help, as if asked, when it is given nothing at all. */
  readonly needsOptions?: boolean
  /** Its help goes to standard output, as that of Kafka's tools with commands. */
  readonly helpIsOutput?: boolean
  /** What Kafka 4.3.0 prints for `--version`, where it is more than the number. */
  readonly versionText?: string
  /** Leaves out the options when one is not known or lacks its argument. */
  readonly tellsParseErrorsBriefly?: boolean
}

/** The options that every tool has. */
export const commonOptions: OptionSpecs = {
  help: { about: 'Print this help and end.', argument: 'none' },
  version: { about: 'Print the version and end.', argument: 'none' },
}
