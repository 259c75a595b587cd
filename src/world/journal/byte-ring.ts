/** Our choice: so many bytes are asked of the system at once. */
const PAGE = 64 * 1024

interface Page {
  readonly bytes: Buffer
  /** Where each text ends. */
  readonly ends: number[]
}

/**
 * The latest so many texts, kept as bytes outside of V8's heap. What is kept for a while and then forgotten is what its garbage
 * collector is worst at: it carries such things about twice, and makes room for more of them.
 */
export interface TextRoll {
  readonly add: (text: string) => void
  /** The newest, the oldest of them first: as many as are asked for and there. */
  readonly latest: (amount: number) => string[]
  readonly clear: () => void
}

/** A page goes when all of its texts are older than `size` others, and is written on again. */
export function createTextRoll(size: number): TextRoll {
  let pages: Page[] = []
  let kept = 0

  const worn = (): Page | undefined => {
    const [oldest] = pages
    if (!oldest || kept - oldest.ends.length < size) return undefined
    kept -= oldest.ends.length
    return pages.shift()
  }
  const nextPage = (length: number): Page => {
    const old = worn()?.bytes
    const bytes = old && old.length >= length ? old : Buffer.allocUnsafeSlow(Math.max(PAGE, length))
    const page = { bytes, ends: [] }
    pages.push(page)
    return page
  }

  return {
    add: text => {
      const last = pages.at(-1)
      const page = last && hasRoom(last, text) ? last : nextPage(Buffer.byteLength(text))
      page.ends.push(endOf(page) + page.bytes.write(text, endOf(page)))
      kept += 1
    },
    latest: amount => {
      const wanted = Math.min(amount, size)
      const texts: string[] = []
      for (const page of pages.toReversed()) {
        for (let nth = page.ends.length - 1; nth >= 0 && texts.length < wanted; nth -= 1) texts.push(textOf(page, nth))
      }
      return texts.reverse()
    },
    clear: () => {
      pages = []
      kept = 0
    },
  }
}

/** No character takes more than three bytes, so mostly they need not be counted. */
function hasRoom(page: Page, text: string): boolean {
  const room = page.bytes.length - endOf(page)
  return room >= 3 * text.length || room >= Buffer.byteLength(text)
}

function endOf({ ends }: Page): number {
  return ends.at(-1) ?? 0
}

function textOf({ bytes, ends }: Page, nth: number): string {
  return bytes.toString('utf8', ends[nth - 1] ?? 0, ends[nth])
}
