import { ConfigurationError } from '@streamwright/std'

/** Makes a principal's name of a certificate's subject; undefined when no rule is about it. */
export type PrincipalMapping = (subject: string) => string | undefined

const ruleText = String.raw`DEFAULT|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?)`
const oneRule = new RegExp(String.raw`\s*(?:${ruleText})\s*(?:,\s*|$)`, 'y')

/**
 * Reads `ssl.principal.mapping.rules`: `DEFAULT` (the subject as it is), or `RULE:pattern/replacement/` with `L` or `U`
 * behind it for lower or upper case; the first that the whole subject fits counts. Throws `ConfigurationError`.
 */
export function principalMapping(text: string): PrincipalMapping {
  const rules: PrincipalMapping[] = []
  for (let at = 0; at < text.length; at = oneRule.lastIndex) {
    oneRule.lastIndex = at
    const match = oneRule.exec(text)
    if (match === null) throw invalid(text)
    const [, pattern, replacement = '', letters = ''] = match
    rules.push(pattern === undefined ? (subject) => subject : ruleOf(pattern, replacement, letters, text))
  }
  return (subject) => {
    for (const rule of rules) {
      const name = rule(subject)
      if (name !== undefined) return name
    }
    return undefined
  }
}

function ruleOf(pattern: string, replacement: string, letters: string, text: string): PrincipalMapping {
  let whole: RegExp
  try {
    whole = new RegExp(`^(?:${pattern})$`)
  } catch (cause) {
    throw invalid(text, cause)
  }
  return (subject) => {
    const match = whole.exec(subject)
    if (match === null) return undefined
    const name = replacement.replaceAll(/\$(\d)/g, (_reference, index: string) => match[Number(index)] ?? '')
    if (letters === 'L') return name.toLowerCase()
    return letters === 'U' ? name.toUpperCase() : name
  }
}

function invalid(text: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError(
    `Invalid ssl.principal.mapping.rules ${text}: rules are DEFAULT or RULE:pattern/replacement/, separated by commas`,
    cause,
  )
}
