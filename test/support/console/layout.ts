import type { Page } from 'playwright-core'
import { evaluate } from './evaluate.ts'

/** Code and tables may be wider than a phone; they scroll within themselves. */
const MAY_SCROLL = '.scrolls-sideways, pre'

/**
 * The elements that make the page, or a part of it, scroll sideways, and those that reach beyond
 * the window where nobody can scroll to them.
 */
export async function sidewaysScrollers(page: Page): Promise<readonly string[]> {
  return (await evaluate(page, SIDEWAYS)) as readonly string[]
}

const SIDEWAYS = `[...document.querySelectorAll('*')].filter(element => {
  const { overflowX, visibility } = getComputedStyle(element)
  if (visibility === 'hidden' || element.closest('svg')) return false
  const isWider = element.scrollWidth > element.clientWidth + 1
  if (element === document.documentElement) return isWider
  if (['auto', 'scroll'].includes(overflowX)) return isWider && !element.matches('${MAY_SCROLL}')
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (parent !== document.body && getComputedStyle(parent).overflowX !== 'visible') return false
  }
  return element.getBoundingClientRect().right > innerWidth + 1
}).map(element => 'too wide: ' + element.tagName.toLowerCase() + '.' + element.className)`
