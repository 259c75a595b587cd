import type { Readable, Writable } from 'node:stream'
import { type Flow, whenFlowing } from '../flow.ts'

interface PumpOptions {
  /** While it stalls, no bytes pass. */
  readonly flow: Flow
  readonly onBytes?: (count: number) => void
  /** Cut after this number of bytes, and call `onCut`. */
  readonly limit?: number | undefined
  readonly onCut?: () => void
}

/**
 * Passes bytes on, and ends the target after the last one. A slow target holds up the source. Does
 * not end the target if the source was cut.
 */
export function pump(source: Readable, target: Writable, { flow, onBytes, limit, onCut }: PumpOptions): void {
  let passed = 0
  const pass = (chunk: Buffer): void => {
    if (target.destroyed || target.writableEnded || passed === limit) return
    const kept = limit === undefined ? chunk : chunk.subarray(0, limit - passed)
    passed += kept.length
    onBytes?.(kept.length)
    if (passed === limit) target.write(kept, onCut)
    else if (!target.write(kept)) source.pause()
  }
  source.on('data', (chunk: Buffer) => {
    if (!flow.stalled()) {
      pass(chunk)
      return
    }
    source.pause()
    // Back into the source, or that could end before this passes.
    source.unshift(chunk)
    whenFlowing(flow, () => source.resume())
  })
  const end = (): void => {
    if (!isCut(source)) target.end()
  }
  // A response without a body may have ended while the connection stalled.
  if (source.readableEnded) end()
  else source.on('end', end)
  target.on('drain', () => whenFlowing(flow, () => source.resume()))
  // Read the rest, or the connection of the source would wait for it.
  target.on('close', () => source.resume())
}

/** Node emits `end` for a stream of HTTP/2 that was reset, too. */
export function isCut(source: Readable & { readonly rstCode?: number | undefined }): boolean {
  return !source.readableEnded || (source.rstCode ?? 0) !== 0
}
