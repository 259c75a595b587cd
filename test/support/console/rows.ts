import type { Locator, Page } from 'playwright-core'

/** The row of a tunnel on the page of all tunnels. */
export function row(page: Page, name: string): Locator {
  return page.locator('[data-tunnel]').filter({ has: page.locator(`a:has-text("${name}")`) })
}
