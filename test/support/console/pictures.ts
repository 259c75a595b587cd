import type { BrowserContext } from 'playwright-core'
import { evaluate } from './evaluate.ts'

/** Corners are drawn with differences of 1 that nobody sees. */
const VISIBLE = 8

/** How many pixels of two pictures differ visibly. Infinity if their sizes differ. */
export async function differingPixels(context: BrowserContext, one: Buffer, other: Buffer): Promise<number> {
  if (one.equals(other)) return 0

  const page = await context.newPage()
  const [first, second] = [one, other].map(png => `pixels('data:image/png;base64,${png.toString('base64')}')`)
  const count = await evaluate(
    page,
    `(async () => {
      const pixels = async url => {
        const image = await createImageBitmap(await (await fetch(url)).blob())
        const drawn = new OffscreenCanvas(image.width, image.height).getContext('2d')
        drawn.drawImage(image, 0, 0)
        return drawn.getImageData(0, 0, image.width, image.height).data
      }
      const [one, other] = [await ${first}, await ${second}]
      if (one.length !== other.length) return Infinity
      let count = 0
      for (let at = 0; at < one.length; at += 4)
        if ([0, 1, 2].some(part => Math.abs(one[at + part] - other[at + part]) > ${VISIBLE})) count += 1
      return count
    })()`,
  )
  await page.close()
  return count as number
}
