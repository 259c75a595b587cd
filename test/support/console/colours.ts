/** Contrast and the distance of colours, as people see them. */
import { readFileSync } from 'node:fs'

export type Theme = 'light' | 'dark'
type Triple = readonly [number, number, number]

/** Each colour of the tokens, in both themes: `--ink: light-dark(#151a21, #e8edf3)`. */
export function readTokens(path: string): Readonly<Record<Theme, ReadonlyMap<string, string>>> {
  const pairs = [...readFileSync(path, 'utf8').matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)]
  return {
    light: new Map(pairs.map(([, name = '', light = '']) => [name, light])),
    dark: new Map(pairs.map(([, name = '', , dark = '']) => [name, dark])),
  }
}

/** The contrast ratio of WCAG 2. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/**
 * Full protanopia, deuteranopia and tritanopia, for linear RGB: Machado, Oliveira and Fernandes,
 * "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
 */
const SIGHTS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** The distance of two colours in OKLab, times 100, for the sight that tells them apart least. */
export function distance(one: string, other: string): number {
  const distances = Object.values(SIGHTS).map(sight => {
    const [from, to] = [one, other].map(colour => oklab(seenWith(sight, linear(colour))))
    return 100 * Math.hypot(...(from ?? []).map((part, index) => part - (to?.[index] ?? 0)))
  })
  return Math.min(...distances)
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(colour: string): Triple {
  const part = (start: number): number => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

function seenWith(sight: readonly [Triple, Triple, Triple], colour: Triple): Triple {
  const [red, green, blue] = sight.map(row => Math.min(1, Math.max(0, dot(row, colour))))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

/** Björn Ottosson, "A perceptual color space for image processing" (2020). */
function oklab(colour: Triple): Triple {
  const cones: Triple = [
    Math.cbrt(dot([0.4122214708, 0.5363325363, 0.0514459929], colour)),
    Math.cbrt(dot([0.2119034982, 0.6806995451, 0.1073969566], colour)),
    Math.cbrt(dot([0.0883024619, 0.2817188376, 0.6299787005], colour)),
  ]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], cones),
    dot([1.9779984951, -2.428592205, 0.4505937099], cones),
    dot([0.0259040371, 0.7827717662, -0.808675766], cones),
  ]
}

function dot(row: Triple, column: Triple): number {
  return row[0] * column[0] + row[1] * column[1] + row[2] * column[2]
}
