const decimalMin = 1e-3
const decimalMax = 1e7
const floatDigitsMax = 9

/** A double as Java prints it: `1.0`, `1.0E21`, `1.5E-4`. */
export function javaDouble(value: number): string {
  return javaNumber(value, String(value))
}

/** A float as Java prints it: with the fewest digits that tell it from other floats. */
export function javaFloat(value: number): string {
  if (!Number.isFinite(value)) return javaNumber(value, '')
  for (let digits = 1; digits < floatDigitsMax; digits++) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return javaNumber(value, String(Number(text)))
  }
  return javaNumber(value, String(Number(value.toPrecision(floatDigitsMax))))
}

/** A double as Java's `%.2f` prints it for two `places`: its shortest form is rounded half up, not its exact value. */
export function javaFixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return String(value)
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const digits = mantissa.replace('.', '')
  const shift = Number(exponent) - (digits.length - 1) + places
  const text = String(shift >= 0 ? BigInt(digits) * 10n ** BigInt(shift) : roundedHalfUp(digits, -shift))
  const padded = text.padStart(places + 1, '0')
  const whole = padded.slice(0, padded.length - places)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${padded.slice(padded.length - places)}`
}

/** The number that `digits` are, without the last `dropped` of them. */
function roundedHalfUp(digits: string, dropped: number): bigint {
  if (dropped > digits.length) return 0n
  const kept = digits.length - dropped
  return BigInt(digits.slice(0, kept) || '0') + ((digits[kept] ?? '0') >= '5' ? 1n : 0n)
}

/** `text` has the digits that are to be shown, in whichever of JavaScript's forms. */
function javaNumber(value: number, text: string): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  const shown = Number(text)
  if (size >= decimalMin && size < decimalMax) return Number.isInteger(shown) ? shown.toFixed(1) : String(shown)
  const [mantissa = '', exponent = ''] = shown.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}
