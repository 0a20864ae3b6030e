import type {
  KeyValue,
  KeyValueStore,
  SessionStore,
  StateStore,
  StoreIterator,
  VersionedKeyValueStore,
  VersionedRecord,
  WindowStore,
} from '@streamwright/streams'
import { Headers } from '@streamwright/formats'
import { Windowed } from '@streamwright/streams'
import { isRecord } from '../json.ts'
import { headersForm, headersFrom } from './header-forms.ts'
import { valueFor } from './serde-names.ts'
import { UnsupportedError } from './unsupported.ts'
import { jsonForm } from './values.ts'

type Command = readonly unknown[]

/** Runs a command of §7.3 on a store; the result is in JSON form, `"ok"` where nothing is returned. */
export function runStoreCommand(
  store: StateStore | undefined,
  command: unknown,
  keySerde: string,
  valueSerde: string,
): unknown {
  if (store === undefined || !Array.isArray(command)) throw new UnsupportedError('command without a store')
  const runner = new CommandRunner(keySerde, valueSerde)
  if ('findSessions' in store) return runner.onSessionStore(store as SessionStore<unknown, unknown>, command)
  if ('fetchAll' in store) return runner.onWindowStore(store as WindowStore<unknown, unknown>, command)
  if ('prefixScan' in store) return runner.onKeyValueStore(store as KeyValueStore<unknown, unknown>, command)
  if ('versions' in store) return runner.onVersionedStore(store as VersionedKeyValueStore<unknown, unknown>, command)
  throw new UnsupportedError('commands on this kind of store')
}

class CommandRunner {
  readonly #keySerde: string
  readonly #valueSerde: string

  constructor(keySerde: string, valueSerde: string) {
    this.#keySerde = keySerde
    this.#valueSerde = valueSerde
  }

  onKeyValueStore(store: KeyValueStore<unknown, unknown>, [op, ...args]: Command): unknown {
    const key = (index: number): unknown => valueFor(this.#keySerde, args[index])
    switch (op) {
      case 'put':
        return ok(store.put(key(0), this.#value(args[1])))
      case 'putIfAbsent':
        return resultForm(store.putIfAbsent(key(0), this.#value(args[1])))
      case 'putAll': {
        const entries = args[0] as readonly (readonly unknown[])[]
        return ok(store.putAll(entries.map(([k, v]) => [valueFor(this.#keySerde, k), this.#value(v)] as const)))
      }
      case 'delete':
        return resultForm(store.delete(key(0)))
      case 'get':
        return resultForm(store.get(key(0)))
      case 'range':
        return pairs(store.range(key(0), key(1)))
      case 'reverseRange':
        return pairs(store.reverseRange(key(0), key(1)))
      case 'all':
        return pairs(store.all())
      case 'reverseAll':
        return pairs(store.reverseAll())
      case 'prefixScan':
        return pairs(store.prefixScan(String(args[0])))
      case 'approximateNumEntries':
        return store.approximateNumEntries()
      default:
        throw new UnsupportedError(`store command ${String(op)}`)
    }
  }

  onVersionedStore(store: VersionedKeyValueStore<unknown, unknown>, [op, ...args]: Command): unknown {
    const key = valueFor(this.#keySerde, args[0])
    switch (op) {
      case 'put': {
        const result = store.put(key, this.#value(args[1]), Number(args[2]))
        if (result === 'latest') return -1
        return result === 'notPut' ? 'NOT_PUT' : result
      }
      case 'delete':
        return versionedForm(store.delete(key, Number(args[1])))
      case 'get':
        return versionedForm(store.get(key))
      case 'getAsOf':
        return versionedForm(store.get(key, Number(args[1])))
      default:
        throw new UnsupportedError(`store command ${String(op)}`)
    }
  }

  onWindowStore(store: WindowStore<unknown, unknown>, [op, ...args]: Command): unknown {
    const key = (index: number): unknown => valueFor(this.#keySerde, args[index])
    const time = (index: number): number => Number(args[index])
    switch (op) {
      case 'put':
        return ok(store.put(key(0), this.#value(args[1]), time(2)))
      case 'fetch':
        return resultForm(store.fetch(key(0), time(1)))
      case 'fetchRange':
        return times(store.fetchRange(key(0), time(1), time(2)))
      case 'backwardFetchRange':
        return times(store.backwardFetchRange(key(0), time(1), time(2)))
      case 'fetchKeys':
        return pairs(store.fetchKeyRange(key(0), key(1), time(2), time(3)))
      case 'backwardFetchKeys':
        return pairs(store.backwardFetchKeyRange(key(0), key(1), time(2), time(3)))
      case 'fetchAll':
        return pairs(store.fetchAll(time(0), time(1)))
      case 'backwardFetchAll':
        return pairs(store.backwardFetchAll(time(0), time(1)))
      case 'all':
        return pairs(store.all())
      case 'backwardAll':
        return pairs(store.backwardAll())
      default:
        throw new UnsupportedError(`store command ${String(op)}`)
    }
  }

  onSessionStore(store: SessionStore<unknown, unknown>, [op, ...args]: Command): unknown {
    const key = (index: number): unknown => valueFor(this.#keySerde, args[index])
    const time = (index: number): number => Number(args[index])
    const session = (): Windowed<unknown> => new Windowed(key(0), { startMs: time(1), endMs: time(2) })
    switch (op) {
      case 'put':
        return ok(store.put(session(), this.#value(args[3])))
      case 'remove':
        return ok(store.remove(session()))
      case 'fetch':
        return pairs(store.fetch(key(0)))
      case 'backwardFetch':
        return pairs(store.backwardFetch(key(0)))
      case 'fetchKeys':
        return pairs(store.fetchKeyRange(key(0), key(1)))
      case 'backwardFetchKeys':
        return pairs(store.backwardFetchKeyRange(key(0), key(1)))
      case 'findSessions':
        return pairs(store.findSessions(key(0), time(1), time(2)))
      case 'backwardFindSessions':
        return pairs(store.backwardFindSessions(key(0), time(1), time(2)))
      case 'findSessionsKeys':
        return pairs(store.findSessionsKeyRange(key(0), key(1), time(2), time(3)))
      case 'fetchSession':
        return resultForm(store.fetchSession(key(0), time(1), time(2)))
      default:
        throw new UnsupportedError(`store command ${String(op)}`)
    }
  }

  #value(form: unknown): unknown {
    if (isRecord(form) && 'ts' in form && 'value' in form) {
      const headers = 'headers' in form ? { headers: new Headers(headersFrom(form['headers'])) } : {}
      return { value: valueFor(this.#valueSerde, form['value']), timestamp: Number(form['ts']), ...headers }
    }
    if (isRecord(form) && 'headers' in form && 'value' in form) {
      return { value: valueFor(this.#valueSerde, form['value']), headers: new Headers(headersFrom(form['headers'])) }
    }
    return valueFor(this.#valueSerde, form)
  }
}

function ok(_done: void): string {
  return 'ok'
}

/** A value of a store, with its timestamp where it has one. */
export function resultForm(value: unknown): unknown {
  if (isRecord(value) && 'timestamp' in value && 'value' in value) {
    const headers = value['headers'] instanceof Headers ? { headers: headersForm(value['headers']) } : {}
    return { value: jsonForm(value['value']), ts: value['timestamp'], ...headers }
  }
  if (isRecord(value) && value['headers'] instanceof Headers) {
    return { value: jsonForm(value['value']), headers: headersForm(value['headers']) }
  }
  return jsonForm(value)
}

/** Java's store leaves the end of a version out, which ours tells; the vectors have what Java said. */
export function versionedForm(record: VersionedRecord<unknown> | null): unknown {
  return record === null ? null : { value: jsonForm(record.value), ts: record.timestamp, validTo: null }
}

function pairs(iterator: StoreIterator<KeyValue<unknown, unknown>>): unknown[] {
  return [...iterator].map((entry) => [jsonForm(entry.key), resultForm(entry.value)])
}

function times(iterator: StoreIterator<readonly [number, unknown]>): unknown[] {
  return [...iterator].map(([start, value]) => [start, resultForm(value)])
}
