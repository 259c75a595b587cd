import { go, href, path } from '../data/route.ts'
import { faults } from '../data/store.ts'
import { PAGES, type Page } from '../pages/pages.ts'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { pageAt } from './view.tsx'

const GROUPS = [1, 2, 3, 4] as const

/** On a narrow screen it is a bar at the bottom; pages without a place in it are behind More. */
export function Rail() {
  const current = pageAt(path.value)
  const shown = PAGES.find(page => page.path === (current?.parent ?? current?.path))
  const pages = PAGES.filter(page => !page.isHidden?.())
  return (
    <nav class="rail" aria-label="Pages">
      {GROUPS.map(group => (
        <ul key={group}>
          {pages
            .filter(page => page.group === group)
            .map(page => (
              <li key={page.path} class={page.isInBar ? 'in-bar' : ''}>
                <RailLink page={page} isCurrent={page === shown} />
              </li>
            ))}
        </ul>
      ))}
      <div class={`more${shown && !shown.isInBar ? ' current' : ''}`}>
        <Menu label="More pages" button={<MoreLabel />} kind="quiet">
          {() =>
            pages
              .filter(page => !page.isInBar)
              .map(page => ({
                label: page.name,
                onPress: () => {
                  go(hrefOf(page))
                },
              }))
          }
        </Menu>
      </div>
    </nav>
  )
}

function hrefOf({ path: first }: Page): string {
  return href(first === '' ? [] : [first])
}

function RailLink({ page, isCurrent }: { page: Page; isCurrent: boolean }) {
  const active = page.path === 'faults' ? faults.value.filter(({ exhausted }) => !exhausted).length : 0
  return (
    <a href={hrefOf(page)} aria-current={isCurrent ? 'page' : undefined} title={page.name}>
      <Icon name={page.icon} size={18} />
      <span>{page.name}</span>
      {active > 0 && (
        <b class="badge">
          {active}
          <span class="off-screen"> on</span>
        </b>
      )}
    </a>
  )
}

function MoreLabel() {
  return (
    <>
      <Icon name="more" size={18} />
      <span>More</span>
    </>
  )
}
