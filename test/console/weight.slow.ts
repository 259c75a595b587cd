/** How heavy and how fast the console is. */
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { callApi, fillDemo, startDemo } from '../support/console/demo.ts'
import { evaluate } from '../support/console/evaluate.ts'
import { useBrowser } from '../support/console/open.ts'
import { VIEWS } from '../support/console/views.ts'

const openConsole = useBrowser()

/**
 * Bytes as they travel: page, style, scripts and font of the first view. 49,000 were wished for: see
 * bench/README.md, "Missed bars".
 */
const FIRST_LOAD_BYTES = 55_000

/** Swagger UI shows the same server, and is what people had before. */
const SHARE_OF_SWAGGER = 0.5

const REQUESTS_PER_SECOND = 84
const LONGEST_TASK_MS = 200

/** The sizes of the files that the page has loaded so far, as sent; what the API sent is not one. */
const FILE_BYTES = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(({ name }) => name.includes('/console/')).map(entry => entry.encodedBodySize)`

/** When it was first drawn, in milliseconds from the start of the visit. */
const FIRST_PAINT = `new Promise(resolve => new PerformanceObserver(list =>
  resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))`

/** When an element was first drawn. */
function firstDrawn(selector: string): string {
  return `new Promise(resolve => {
    const look = at => document.querySelector('${selector}') ? resolve(at) : requestAnimationFrame(look)
    requestAnimationFrame(look)
  })`
}

async function bytesLoaded(page: Page): Promise<number> {
  return ((await evaluate(page, FILE_BYTES)) as number[]).reduce((sum, bytes) => sum + bytes, 0)
}

it(`the first view takes at most ${FIRST_LOAD_BYTES} bytes`, async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  await fillDemo(emulator)
  const { page, show } = await openConsole(emulator)
  const first = await bytesLoaded(page)
  for (const { hash } of VIEWS) await show(hash)
  process.stdout.write(`console: ${first} bytes at first, ${await bytesLoaded(page)} with every view\n`)

  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThanOrEqual(FIRST_LOAD_BYTES)
})

it(`is drawn in at most ${SHARE_OF_SWAGGER} of the time of Swagger UI, and with its data before that`, async () => {
  const emulator = await startDemo()
  onTestFinished(() => emulator.close())
  const { context } = await openConsole(emulator)
  const timeOf = async (path: string, expression: string): Promise<number> => {
    // A context of its own has nothing in its cache.
    const page = await context.browser()?.newPage()
    if (!page) throw new Error('the browser is gone')
    await page.goto(`${emulator.url}${path}`, { waitUntil: 'commit' })
    const at = (await evaluate(page, expression)) as number
    await page.close()
    return at
  }
  const samples = { paint: [] as number[], data: [] as number[], swagger: [] as number[] }
  for (let count = 0; count < 5; count += 1) {
    samples.paint.push(await timeOf('/_mockflared/console/', FIRST_PAINT))
    samples.data.push(await timeOf('/_mockflared/console/', firstDrawn('main h1')))
    samples.swagger.push(await timeOf('/docs', firstDrawn('.swagger-ui .opblock')))
  }
  const [paint, data, swagger] = Object.values(samples).map(all => Math.round(all.toSorted((a, b) => a - b)[2] ?? 0))
  process.stdout.write(`console: first paint ${paint} ms, data ${data} ms; Swagger UI ${swagger} ms\n`)

  expect(paint).toBeLessThanOrEqual(SHARE_OF_SWAGGER * Number(swagger))
  expect(data).toBeLessThan(Number(swagger))
})

it.each(['#/', '#/requests'])(
  `${REQUESTS_PER_SECOND} requests a second cause no task over ${LONGEST_TASK_MS} ms at %s`,
  async hash => {
    const emulator = await startDemo()
    onTestFinished(() => emulator.close())
    const { page } = await openConsole(emulator, { hash })
    await evaluate(
      page,
      `globalThis.longTasks = []; new PerformanceObserver(list => longTasks.push(...list.getEntries()
        .map(({ duration }) => duration))).observe({ type: 'longtask' })`,
    )
    const sent = await sendFor(8_000, () => callApi(emulator, '/cfd_tunnel?per_page=50'))
    await expect.poll(() => page.locator('.activity li').count()).toBeGreaterThan(0)
    const tasks = (await evaluate(page, 'longTasks')) as number[]
    process.stdout.write(`${hash}: ${sent} requests, long tasks of ${tasks.map(Math.round).join(', ') || 'no'} ms\n`)

    expect(tasks.filter(duration => duration > LONGEST_TASK_MS)).toEqual([])
  },
)

/** Sends requests at an even rate. Resolves with their number. */
async function sendFor(ms: number, send: () => Promise<Response>): Promise<number> {
  const start = performance.now()
  const responses: Promise<Response>[] = []
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - start
      while (responses.length < (Math.min(elapsed, ms) / 1_000) * REQUESTS_PER_SECOND) responses.push(send())
      if (elapsed < ms) return
      clearInterval(timer)
      Promise.all(responses).then(all => resolve(all.length), reject)
    }, 10)
  })
}
