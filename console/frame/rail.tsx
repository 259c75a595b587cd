import { path } from '../data/route.ts'
import { PAGES } from '../pages/pages.ts'
import { Icon } from '../parts/icon.tsx'
import { pageAt } from './view.tsx'

export function Rail() {
  const current = pageAt(path.value)
  return (
    <nav class="rail" aria-label="Pages">
      {[1, 2, 3, 4].map(group => (
        <ul key={group}>
          {PAGES.filter(page => page.group === group && !page.isHidden?.()).map(page => (
            <li key={page.path} class={page.isInBar ? 'in-bar' : ''}>
              <a
                href={`#/${page.path}`}
                aria-current={page.path === (current?.parent ?? current?.path) ? 'page' : undefined}
              >
                <Icon name={page.icon} size={18} />
                <span>{page.name}</span>
              </a>
            </li>
          ))}
        </ul>
      ))}
    </nav>
  )
}
