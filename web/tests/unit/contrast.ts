// Contrast after WCAG 2.2, 1.4.3.
import { ground, voiceColour, type Theme } from '../../src/picture/look'
import { en } from '../../src/text/en'
import type { Capacity } from '../../src/api/generated'

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** capacitiesContrast is the contrast of each voice's colour with the ground of each theme. */
export function capacitiesContrast(): [string, number][] {
  return (['light', 'dark'] as Theme[]).flatMap((t) => (Object.keys(en.capacities) as Capacity[]).map((c): [string, number] => [`${c}, ${t}`, contrast(voiceColour(c, t), ground[t])]))
}
