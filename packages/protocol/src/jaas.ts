import { ConfigurationError } from '@streamwright/std'

/** What `sasl.jaas.config` says: a module by the name of its Java class, and its options. */
export interface JaasEntry {
  readonly loginModule: string
  readonly options: ReadonlyMap<string, string>
}

const controlFlags: ReadonlySet<string> = new Set(['required', 'requisite', 'sufficient', 'optional'])
/** Blanks and comments; a quoted text; a word; one of the two signs. What matches nothing is an error. */
const token = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*(?:"((?:[^"\\\n]|\\.)*)"|([\w.$\-/+@:~]+)|([=;]))/y
const rest = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*$/y
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

interface Token {
  readonly text: string
  readonly kind: 'text' | 'sign'
}

/**
 * Reads the text of `sasl.jaas.config`: `Module required name="value" …;`, one module. Throws `ConfigurationError`,
 * which never repeats the text: it holds secrets.
 */
export function parseJaasConfig(text: string): JaasEntry {
  const [module, flag, ...pairs] = tokensOf(text)
  if (module?.kind !== 'text') throw invalid('it does not begin with a login module')
  if (flag === undefined || !controlFlags.has(flag.text.toLowerCase())) {
    throw invalid('the control flag (required) after the login module is missing')
  }
  const options = new Map<string, string>()
  let at = 0
  for (; at < pairs.length && pairs[at]?.text !== ';'; at += 3) {
    const [name, equals, value] = pairs.slice(at, at + 3)
    if (name?.kind !== 'text' || equals?.kind !== 'sign' || equals.text !== '=') {
      throw invalid(`option ${options.size + 1} is not of the form name="value"`)
    }
    if (value?.kind !== 'text') throw invalid(`option ${name.text} has no value`)
    options.set(name.text, value.text)
  }
  if (at >= pairs.length) throw invalid('the semicolon at its end is missing')
  if (at < pairs.length - 1) throw invalid('it has more than one login module')
  return { loginModule: module.text, options }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; ;) {
    rest.lastIndex = at
    if (rest.test(text)) return tokens
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) throw invalid(`character ${at + 1} begins neither a word, nor a text in double quotes`)
    const [, quoted, word, sign] = match
    if (quoted !== undefined) tokens.push({ text: quoted.replaceAll(/\\(.)/gs, unescaped), kind: 'text' })
    else tokens.push({ text: word ?? sign ?? '', kind: word === undefined ? 'sign' : 'text' })
    at = token.lastIndex
  }
}

function unescaped(_match: string, character: string): string {
  return escapes[character] ?? character
}

function invalid(why: string): ConfigurationError {
  return new ConfigurationError(
    `Invalid sasl.jaas.config: ${why}. It must look like ` +
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="…" password="…";',
  )
}
