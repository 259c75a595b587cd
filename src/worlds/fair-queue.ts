/** What waits, by world. Worlds are served in turn, in the order in which they began to wait. */
export class FairQueue<Item> {
  readonly #waiting = new Map<string, Item[]>()

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  has(world_id: string): boolean {
    return this.#waiting.has(world_id)
  }

  add(world_id: string, item: Item): void {
    const items = this.#waiting.get(world_id)
    if (items) items.push(item)
    else this.#waiting.set(world_id, [item])
  }

  /** The world whose turn it is after that of the given one, which goes behind all others. */
  nextAfter(world_id: string): string {
    const items = this.#waiting.get(world_id)
    if (items) this.#waiting.delete(world_id)
    if (items) this.#waiting.set(world_id, items)
    return this.#waiting.keys().next().value ?? world_id
  }

  /** Removes the first item of a world. */
  take(world_id: string): Item {
    const items = this.#waiting.get(world_id) ?? []
    const item = items.shift()
    if (item === undefined) throw new Error(`nothing of world ${world_id} waits`)
    if (items.length === 0) this.#waiting.delete(world_id)
    return item
  }
}
