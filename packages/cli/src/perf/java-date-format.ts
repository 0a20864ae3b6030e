import { ArgumentError } from '../command-line/usage-error.ts'

/** What Java's `SimpleDateFormat` writes for a run of one letter, in English and the local time zone. */
type Field = (date: Date, count: number) => string

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January,February,March,April,May,June,July,August,September,October,November,December'.split(',')
const dayMs = 86_400_000
const letters = 'GyYMLwWDdFEuaHkKhmsSzZX'

const fields: Readonly<Record<string, Field>> = {
  G: (date) => (date.getFullYear() > 0 ? 'AD' : 'BC'),
  y: (date, count) => yearText(date.getFullYear(), count),
  Y: (date, count) => yearText(weekOf(date).year, count),
  M: (date, count) => monthText(date, count),
  L: (date, count) => monthText(date, count),
  w: (date, count) => padded(weekOf(date).week, count),
  W: (date, count) => padded(Math.ceil((date.getDate() + firstDayOf(date).getDay()) / 7), count),
  D: (date, count) => padded(dayOfYear(date), count),
  d: (date, count) => padded(date.getDate(), count),
  F: (date, count) => padded(Math.ceil(date.getDate() / 7), count),
  E: (date, count) => (days[date.getDay()] ?? '').slice(0, count > 3 ? undefined : 3),
  u: (date, count) => padded(date.getDay() === 0 ? 7 : date.getDay(), count),
  a: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  H: (date, count) => padded(date.getHours(), count),
  k: (date, count) => padded(date.getHours() === 0 ? 24 : date.getHours(), count),
  K: (date, count) => padded(date.getHours() % 12, count),
  h: (date, count) => padded(date.getHours() % 12 === 0 ? 12 : date.getHours() % 12, count),
  m: (date, count) => padded(date.getMinutes(), count),
  s: (date, count) => padded(date.getSeconds(), count),
  S: (date, count) => padded(date.getMilliseconds(), count),
  z: (date, count) => zoneName(date, count),
  Z: (date) => offsetText(date, ''),
  X: (date, count) => (date.getTimezoneOffset() === 0 ? 'Z' : isoOffset(date, count)),
}

/** Writes times by a pattern of Java's `SimpleDateFormat`. Throws `ArgumentError` for one that it would refuse. */
export function javaDateFormat(pattern: string): (wallMs: number) => string {
  const parts: (string | ((date: Date) => string))[] = []
  for (let at = 0; at < pattern.length;) {
    const character = pattern[at] ?? ''
    if (character === "'") {
      const [text, next] = quoted(pattern, at)
      parts.push(text)
      at = next
    } else if (/[a-zA-Z]/.test(character)) {
      const field = fields[character]
      if (field === undefined || !letters.includes(character))
        throw new ArgumentError(`Illegal pattern character '${character}'`)
      let end = at + 1
      while (pattern[end] === character) end += 1
      const count = end - at
      if (character === 'X' && count > 3) throw new ArgumentError(`invalid ISO 8601 format: length=${count}`)
      parts.push((date) => field(date, count))
      at = end
    } else {
      parts.push(character)
      at += 1
    }
  }
  return (wallMs) => {
    const date = new Date(wallMs)
    return parts.map((part) => (typeof part === 'string' ? part : part(date))).join('')
  }
}

/** The text in quotes that begins at `start`, and where it ends; two quotes are one, inside and outside of others. */
function quoted(pattern: string, start: number): [string, number] {
  if (pattern[start + 1] === "'") return ["'", start + 2]
  let text = ''
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] !== "'") text += pattern[at]
    else if (pattern[at + 1] === "'") text += pattern[++at]
    else return [text, at + 1]
  }
  throw new ArgumentError('Unterminated quote')
}

function padded(value: number, count: number): string {
  return String(value).padStart(count, '0')
}

function yearText(year: number, count: number): string {
  const shown = year > 0 ? year : 1 - year
  return count === 2 ? padded(shown % 100, 2) : padded(shown, count)
}

function monthText(date: Date, count: number): string {
  const name = months[date.getMonth()] ?? ''
  if (count > 3) return name
  return count === 3 ? name.slice(0, 3) : padded(date.getMonth() + 1, count)
}

function firstDayOf(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), 1)
}

/** Days are counted in UTC, where each has as many hours. */
function dayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month, day) / dayMs)
}

function dayOfYear(date: Date): number {
  return dayNumber(date.getFullYear(), date.getMonth(), date.getDate()) - dayNumber(date.getFullYear(), 0, 0)
}

/** Weeks begin on Sunday, the first is that of January 1st: so it is in the locale that Java takes by default. */
function weekOf(date: Date): { readonly year: number; readonly week: number } {
  const year = date.getFullYear()
  const today = dayNumber(year, date.getMonth(), date.getDate())
  const firstSunday = (ofYear: number): number => dayNumber(ofYear, 0, 1) - new Date(ofYear, 0, 1).getDay()
  if (today >= firstSunday(year + 1)) return { year: year + 1, week: 1 }
  return { year, week: Math.floor((today - firstSunday(year)) / 7) + 1 }
}

function zoneName(date: Date, count: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZoneName: count > 3 ? 'long' : 'short' })
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

function offsetText(date: Date, colon: string): string {
  const minutes = -date.getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${colon}${padded(size % 60, 2)}`
}

function isoOffset(date: Date, count: number): string {
  if (count === 1) return offsetText(date, '').slice(0, 3)
  return offsetText(date, count === 3 ? ':' : '')
}
