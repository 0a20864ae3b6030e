import type { ApiDefinition } from '../../packages/protocol/src/definitions/definition.ts'
import { generatedNotice } from './message-file.ts'
import { camelCase, kebabCase, neverFlexible, rangeOf } from './model.ts'

/** The text of `api-table.ts`: the numbers of every API, one row each, without any codec. */
export function apiTableFile(apis: readonly ApiDefinition[]): string {
  return lines([
    generatedNotice,
    '',
    '/** The keys of all APIs, by name. */',
    'export const ApiKey = {',
    ...apis.map((api) => `  ${api.name}: ${api.key},`),
    '} as const',
    '',
    '/** A row: key, name, versions, newest stable version, first flexible version, advertised versions, flags. */',
    'export type ApiRow = readonly [number, string, number, number, number, number, number, number, string]',
    '',
    '/** Flags: b = for clients, c = for the controller listener, a = cluster action, f = forwarded to the controller. */',
    'export const apiRows: readonly ApiRow[] = [',
    ...apis.map((api) => `  [${rowOf(api).join(', ')}],`),
    ']',
  ])
}

function rowOf(api: ApiDefinition): (string | number)[] {
  const { from, to } = rangeOf(api.versions, 0)
  const stable = api.latestUnstable === true ? to - 1 : to
  const advertised = api.advertised === undefined ? { from, to: stable } : rangeOf(api.advertised, to)
  const flexible = api.flexible === undefined ? neverFlexible : rangeOf(api.flexible, to).from
  const flags = [
    api.listeners.includes('broker') ? 'b' : '',
    api.listeners.includes('controller') ? 'c' : '',
    api.clusterAction === true ? 'a' : '',
    api.forwardable === true ? 'f' : '',
  ]
  return [api.key, `'${api.name}'`, from, to, stable, flexible, advertised.from, advertised.to, `'${flags.join('')}'`]
}

/** The text of `api-loaders.ts`: how to import the codecs of one API when they are needed. */
export function apiLoadersFile(apis: readonly ApiDefinition[]): string {
  return lines([
    generatedNotice,
    "import type { Api } from './api.ts'",
    '',
    'export const apiLoaders: Readonly<Partial<Record<number, () => Promise<Api<unknown, unknown>>>>> = {',
    ...apis.map((api) => {
      const file = `./messages/${kebabCase(api.name)}.ts`
      const whole = `  ${api.key}: async () => (await import('${file}')).${camelCase(api.name)},`
      if (whole.length <= 120) return whole
      return `  ${api.key}: async () =>\n    (await import('${file}')).${camelCase(api.name)},`
    }),
    '}',
  ])
}

function lines(of: readonly string[]): string {
  return `${of.join('\n')}\n`
}
