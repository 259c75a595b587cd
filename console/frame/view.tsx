import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { loadLaterStyle } from '../data/later-style.ts'
import { path } from '../data/route.ts'
import { PAGES, type Page } from '../pages/pages.ts'
import { PageHead } from '../parts/page.tsx'

/** The page of a path. */
export function pageAt([first = '']: readonly string[]): Page | undefined {
  return PAGES.find(page => page.path === first)
}

const loaded = signal<ReadonlyMap<Page, ComponentType>>(new Map())
const failed = signal<Page | undefined>(undefined)

/** The page that the hash names. Its code is loaded first. */
export function View() {
  const page = pageAt(path.value)
  useEffect(() => {
    if (page && !loaded.value.has(page)) void load(page)
  }, [page])
  useFocusOnNavigation(page !== undefined && loaded.value.has(page))

  if (!page) {
    return (
      <>
        <PageHead title="There is no such page" />
        <a href="#/">Go to the tunnels</a>
      </>
    )
  }
  if (failed.value === page) {
    return (
      <>
        <PageHead title="This page could not be loaded" />
        <a href={location.href} onClick={() => location.reload()}>
          Load the console again
        </a>
      </>
    )
  }
  const Content = loaded.value.get(page)
  return Content ? <Content /> : <div class="loading" aria-busy="true" />
}

async function load(page: Page): Promise<void> {
  try {
    const [content] = await Promise.all([page.load(), page.path !== '' && loadLaterStyle()])
    loaded.value = new Map([...loaded.value, [page, content]])
  } catch {
    failed.value = page
  }
}

/** A new view starts at its heading, unless the focus is in the page already. */
function useFocusOnNavigation(isLoaded: boolean): void {
  const shown = useRef<string | undefined>(undefined)
  const key = path.value.join('/')
  useEffect(() => {
    if (!isLoaded || shown.current === key) return
    const isFirst = shown.current === undefined
    shown.current = key
    const main = document.querySelector('main')
    if (isFirst || main?.contains(document.activeElement)) return
    main?.querySelector('h1')?.focus()
    main?.scrollTo(0, 0)
  }, [key, isLoaded])
}
