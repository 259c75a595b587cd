/** What a browser complains about while it shows the console. */
import type { BrowserContext } from 'playwright-core'

/**
 * Collects errors of the browser's console, exceptions, reports of the content security policy and
 * failed requests, and each request that leaves the control plane of `server`.
 */
export function collectProblems(context: BrowserContext, server: string): string[] {
  const problems: string[] = []
  context.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`)
  })
  context.on('weberror', error => problems.push(`exception: ${error.error().stack}`))
  context.on('request', request => {
    const { origin, pathname, protocol } = new URL(request.url())
    if (protocol === 'data:' || protocol === 'blob:') return
    if (origin !== server || !/^(\/w\/[^/]+)?\/_mockflared(\/|$)/.test(pathname)) {
      problems.push(`request to ${request.url()}`)
    }
  })
  context.on('requestfailed', request => {
    // What a page no longer wants is aborted.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()}`)
  })
  context.on('response', response => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`)
  })
  return problems
}
