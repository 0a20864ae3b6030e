import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** A file of vectors, read when it is needed. */
export class VectorFile {
  readonly path: string
  /** Names the file in reports: its path from the folder of all vectors on, without the ending. */
  readonly label: string
  #text: string | undefined
  #content: unknown

  constructor(path: string, label: string) {
    this.path = path
    this.label = label
  }

  get text(): string {
    if (this.#text === undefined) {
      const bytes = readFileSync(this.path)
      this.#text = (this.path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    }
    return this.#text
  }

  /** The text as JSON. Throws a `SyntaxError` that names the file. */
  get content(): unknown {
    if (this.#content === undefined) {
      try {
        this.#content = JSON.parse(this.text)
      } catch (error) {
        throw new SyntaxError(`${this.path} is not JSON`, { cause: error })
      }
    }
    return this.#content
  }
}

/** All vector files at or below a path, in the order of their names. Throws when there is nothing there. */
export function vectorFilesAt(path: string): readonly VectorFile[] {
  const whole = resolve(path)
  if (!statSync(whole).isDirectory()) return [new VectorFile(whole, labelOf(whole))]
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => new VectorFile(file, labelOf(file)))
}

const clone = fileURLToPath(new URL('../', import.meta.url))

/** Folders that begin a label, as in `protocol/messages/api/01-Fetch`. */
const roots = ['protocol', 'streams', 'tools']

function labelOf(file: string): string {
  const name = basename(file).replace(/\.json(\.gz)?$/, '')
  // The folder of a clone may have any name, that of a root too.
  const folders = (file.startsWith(clone) ? file.slice(clone.length) : file).split(sep).slice(0, -1)
  const root = Math.max(...roots.map((folder) => folders.indexOf(folder)))
  const from =
    root >= 0
      ? Math.min(...roots.map((folder) => folders.indexOf(folder)).filter((index) => index >= 0))
      : folders.length - 1
  return [...folders.slice(from), name].join('/')
}
