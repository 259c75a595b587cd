import { heapOf, type Sample } from './soak-verdict.ts'

const [WIDTH, HEIGHT, LEFT, GAP] = [720, 130, 70, 46]

interface Line {
  readonly name: string
  readonly colour: string
  readonly of: (sample: Sample) => number
}

const MEGABYTE = 1024 * 1024

const CHARTS: readonly { readonly unit: string; readonly lines: readonly Line[] }[] = [
  {
    unit: 'MB',
    lines: [
      { name: 'heap after a collection', colour: '#0969da', of: sample => heapOf(sample) / MEGABYTE },
      { name: 'resident', colour: '#8c959f', of: ({ memory }) => memory.rss / MEGABYTE },
    ],
  },
  {
    unit: 'ms',
    lines: [
      { name: 'median', colour: '#1a7f37', of: ({ p50_ms }) => p50_ms },
      { name: '99th percentile', colour: '#9a6700', of: ({ p99_ms }) => p99_ms },
    ],
  },
]

/** Draws memory above and latency below, both over the number of calls. */
export function draw(samples: readonly Sample[], title: string): string {
  const charts = CHARTS.map(({ unit, lines }, nth) => chart(samples, lines, unit, GAP + nth * (HEIGHT + GAP)))
  const height = GAP + CHARTS.length * (HEIGHT + GAP)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
  <title>${title}</title>
  <rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
  <g font-family="ui-sans-serif, 'DejaVu Sans', sans-serif" font-size="12" fill="#1f2328">
${charts.join('\n')}
  </g>
</svg>
`
}

function chart(samples: readonly Sample[], lines: readonly Line[], unit: string, top: number): string {
  const most = Math.max(...samples.flatMap(sample => lines.map(({ of }) => of(sample)))) * 1.1
  const calls = samples.at(-1)?.calls ?? 1
  const bottom = top + HEIGHT
  const x = (sample: Sample): string => (LEFT + (sample.calls / calls) * (WIDTH - LEFT - 20)).toFixed(1)
  const y = (value: number): string => (bottom - (value / most) * HEIGHT).toFixed(1)

  const paths = lines.map(
    ({ colour, of }) =>
      `    <polyline fill="none" stroke="${colour}" stroke-width="2" points="${samples.map(sample => `${x(sample)},${y(of(sample))}`).join(' ')}"/>`,
  )
  const legend = lines.map(
    ({ name, colour }, nth) => `    <text x="${LEFT + nth * 190}" y="${top - 12}" fill="${colour}">${name}</text>`,
  )
  const scale = [0, most / 2, most / 1.1].map(
    value => `    <text x="${LEFT - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${rounded(value)} ${unit}</text>`,
  )
  const axis = `    <path d="M${LEFT} ${top}V${bottom}H${WIDTH - 20}" fill="none" stroke="#8c959f"/>`
  const end = `    <text x="${WIDTH - 20}" y="${bottom + 16}" text-anchor="end">${calls.toLocaleString('en')} calls</text>`
  return [axis, ...paths, ...legend, ...scale, end].join('\n')
}

function rounded(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
