import { join } from 'node:path'
import { FrameFile } from './frame-file.ts'

/** `SWLG`, and the version of what follows. */
const magic = 0x474c5753
const formatVersion = 1
export const segmentHeadBytes = 8

/** One file of the log: `state-NUMBER.log`. */
export class SegmentFile extends FrameFile {
  readonly number: number

  private constructor(directory: string, number: number, flags: 'r+' | 'wx+') {
    super(join(directory, segmentName(number)), flags)
    this.number = number
  }

  /** Makes a new, empty one. Throws what the file system throws, leaving nothing behind. */
  static create(directory: string, number: number): SegmentFile {
    const segment = new SegmentFile(directory, number, 'wx+')
    try {
      const head = Buffer.allocUnsafe(segmentHeadBytes)
      head.writeUInt32LE(magic, 0)
      head.writeUInt32LE(formatVersion, 4)
      segment.append(head)
    } catch (error) {
      segment.remove()
      throw error
    }
    return segment
  }

  /** Opens an existing one; undefined if it is none of this version. */
  static open(directory: string, number: number): SegmentFile | undefined {
    const segment = new SegmentFile(directory, number, 'r+')
    const head = segment.read(0, segmentHeadBytes)
    const isOurs =
      head.length === segmentHeadBytes && head.readUInt32LE(0) === magic && head.readUInt32LE(4) === formatVersion
    if (isOurs) return segment
    segment.close()
    return undefined
  }
}

export function segmentName(number: number): string {
  return `state-${String(number).padStart(10, '0')}.log`
}

/** The number of a segment by its file name; undefined for other files. */
export function segmentNumber(name: string): number | undefined {
  const digits = /^state-(\d{10})\.log$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
