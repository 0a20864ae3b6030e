import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { asError } from '@streamwright/std'
import type { Terminal, Tool } from '../command-line/tool.ts'
import { ArgumentError } from '../command-line/usage-error.ts'
import type { ParsedOptions } from '../command-line/parse-options.ts'
import { decoderOf } from './decoders.ts'
import { recordDecoders } from './internal-decoder.ts'
import { dumpIndex, dumpTimeIndex } from './dump-index.ts'
import { dumpProducers, dumpTransactions } from './dump-producers.ts'
import { dumpSegment } from './dump-segment.ts'

const internalDecoders = ['cluster-metadata-decoder', 'remote-log-metadata-decoder', 'share-group-state-decoder']

/** `kafka-dump-log`: shows what the files of a partition's log hold. */
export const dumpLogTool: Tool = {
  name: 'kafka-dump-log',
  about:
    'This tool helps to parse a log file and dump its contents to the console, useful for debugging a seemingly corrupt log segment.',
  needsOptions: true,
  tellsParseErrorsBriefly: true,
  options: {
    files: {
      about: 'Files, separated by commas: .log, .index, .timeindex, .snapshot, .txnindex.',
      argumentName: 'files',
    },
    'print-data-log': { about: 'Show records with keys and values.', argument: 'none' },
    'deep-iteration': { about: 'Show records.', argument: 'none' },
    'skip-record-metadata': { about: 'With --print-data-log, show nothing but keys and values.', argument: 'none' },
    'max-bytes': { about: 'Read so many bytes of a .log.', argumentName: 'size' },
    'max-message-size': { about: 'Accepted; batches of any size are read.', argumentName: 'size' },
    'index-sanity-check': { about: 'Only check whether an index is sound.', argument: 'none' },
    'verify-index-only': { about: 'Only check an index against its log.', argument: 'none' },
    'key-decoder-class': {
      about: 'How keys are read: StringDecoder, LongDecoder, IntegerDecoder of org.apache.kafka.tools.api.',
      argument: 'optional',
      argumentName: 'class',
    },
    'value-decoder-class': { about: 'How values are read.', argument: 'optional', argumentName: 'class' },
    'offsets-decoder': { about: 'The records are those of __consumer_offsets.', argument: 'none' },
    'transaction-log-decoder': { about: 'The records are those of __transaction_state.', argument: 'none' },
    ...Object.fromEntries(
      internalDecoders.map((name) => [name, { about: 'Not in this version.', argument: 'none' as const }]),
    ),
  },
  run(options, terminal) {
    const files = options.required('files').split(',')
    const decoders = internalDecoders.filter((name) => options.has(name))
    for (const file of files) {
      terminal.out(`Dumping ${file}\n`)
      dump(file, options, decoders, terminal)
    }
    return Promise.resolve(0)
  },
}

function dump(file: string, options: ParsedOptions, decoders: readonly string[], terminal: Terminal): void {
  const [name = '', ...rest] = basename(file).split('.')
  const suffix = rest.at(-1) ?? ''
  const isOfSegment = suffix === 'log' || suffix === 'index' || suffix === 'timeindex'
  if (isOfSegment && !/^\d+$/.test(name)) throw new ArgumentError(`${file} is not named for an offset`)
  const baseOffset = Number(name)
  const mode = { sanityOnly: options.has('index-sanity-check'), verifyOnly: options.has('verify-index-only') }
  switch (suffix) {
    case 'log': {
      const decodeRecord = [...recordDecoders].find(([option]) => options.has(option))?.[1]
      const isPrinted = options.has('print-data-log') || decoders.length > 0 || decodeRecord !== undefined
      dumpSegment(
        read(file),
        {
          file,
          baseOffset,
          maxBytes: options.integer('max-bytes') ?? Infinity,
          isDeep: isPrinted || options.has('deep-iteration'),
          isPrinted,
          hasMetadata: !options.has('skip-record-metadata'),
          decodeKey: decoderOf(options.value('key-decoder-class'), decoders),
          decodeValue: decoderOf(options.value('value-decoder-class'), decoders),
          decodeRecord,
        },
        terminal,
      )
      break
    }
    case 'index':
      dumpIndex(read(file), segmentOf(file), { file, baseOffset, ...mode }, terminal)
      break
    case 'timeindex':
      dumpTimeIndex(read(file), segmentOf(file), { file, baseOffset, ...mode }, terminal)
      break
    case 'snapshot':
      dumpProducers(read(file), file, terminal)
      break
    case 'txnindex':
      dumpTransactions(read(file), terminal)
      break
    default:
      terminal.error(`Ignoring unknown file ${file}\n`)
  }
}

/** The records that an index is about. */
function segmentOf(file: string): Buffer {
  return read(file.replace(/\.[^.]*$/, '.log'))
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new ArgumentError(`Cannot read ${file}: ${asError(error).message}`)
  }
}
