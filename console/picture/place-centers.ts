/** The order of the data centers, so that few cables cross, and their heights on the page. */

type Group<End> = readonly [colo: string, ends: readonly End[]]

/** Sorts by the mean row, then swaps neighbours as long as that removes crossings. */
export function uncrossed<End extends { readonly row: number }>(groups: readonly Group<End>[]): Group<End>[] {
  const order = groups.toSorted((a, b) => meanRow(a) - meanRow(b) || (a[0] < b[0] ? -1 : 1))
  for (let pass = 0; pass < order.length; pass += 1) {
    let hasSwapped = false
    for (let nth = 0; nth + 1 < order.length; nth += 1) {
      const [a, b] = [order[nth], order[nth + 1]]
      if (!a || !b || crossings(a, b) <= crossings(b, a)) continue
      order.splice(nth, 2, b, a)
      hasSwapped = true
    }
    if (!hasSwapped) break
  }
  return order
}

/** Cables of `above` that cross cables of `below`. */
export function crossings<End extends { readonly row: number }>([, above]: Group<End>, [, below]: Group<End>): number {
  const rows = below.map(({ row }) => row)
  return above.reduce((sum, { row }) => sum + rows.filter(other => other < row).length, 0)
}

function meanRow<End extends { readonly row: number }>([, ends]: Group<End>): number {
  return ends.reduce((sum, { row }) => sum + row, 0) / ends.length
}

export interface Room {
  readonly gap: number
  readonly top: number
  readonly bottom: number
}

interface Block {
  first: number
  count: number
  /** The sum of where its items want its start to be. */
  wish: number
  length: number
}

/**
 * Middles as near to the wishes as sizes and gaps allow, in the same order. Items that would
 * overlap form a block, which goes to the mean of their wishes.
 */
export function placed(wishes: readonly number[], sizes: readonly number[], { gap, top, bottom }: Room): number[] {
  const blocks: Block[] = []
  for (const [nth, wish] of wishes.entries()) {
    const size = sizes[nth] ?? 0
    let block: Block = { first: nth, count: 1, wish: wish - size / 2, length: size + gap }
    for (let before = blocks.at(-1); before && overlaps(before, block); before = blocks.at(-1)) {
      blocks.pop()
      block = {
        first: before.first,
        count: before.count + block.count,
        wish: before.wish + block.wish - before.length * block.count,
        length: before.length + block.length,
      }
    }
    blocks.push(block)
  }
  return withinRoom(
    blocks.flatMap(block => startsIn(block, sizes, gap)),
    sizes,
    { gap, top, bottom },
  ).map((start, nth) => start + (sizes[nth] ?? 0) / 2)
}

function startOf({ wish, count }: Block): number {
  return wish / count
}

function overlaps(before: Block, block: Block): boolean {
  return startOf(before) + before.length > startOf(block)
}

function startsIn(block: Block, sizes: readonly number[], gap: number): number[] {
  let start = startOf(block)
  return sizes.slice(block.first, block.first + block.count).map(size => {
    const own = start
    start += size + gap
    return own
  })
}

/** Pushes up what is below the bottom, then down what is above the top. */
function withinRoom(starts: readonly number[], sizes: readonly number[], { gap, top, bottom }: Room): number[] {
  const result = [...starts]
  let end = bottom
  for (let nth = result.length - 1; nth >= 0; nth -= 1) {
    const size = sizes[nth] ?? 0
    result[nth] = Math.min(result[nth] ?? 0, end - size)
    end = (result[nth] ?? 0) - gap
  }
  let least = top
  for (let nth = 0; nth < result.length; nth += 1) {
    result[nth] = Math.max(result[nth] ?? 0, least)
    least = (result[nth] ?? 0) + (sizes[nth] ?? 0) + gap
  }
  return result
}
