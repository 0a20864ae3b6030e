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
