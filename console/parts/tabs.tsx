import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { go } from '../data/route.ts'

export interface Tab<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly count?: number | undefined
  /** The hash that shows it. */
  readonly href: string
}

interface TabsProps<Name extends string> {
  readonly label: string
  readonly tabs: readonly Tab<Name>[]
  readonly current: Name
  readonly children: ComponentChildren
}

/** Parts of a page, each with a URL. One tab stop; arrow keys, Home and End move. */
export function Tabs<Name extends string>({ label, tabs, current, children }: TabsProps<Name>) {
  const id = useId()
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ name }) => name === current)
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length)
    if (!tab) return
    event.preventDefault()
    const links = (event.currentTarget as HTMLElement).querySelectorAll('a')
    links[tabs.indexOf(tab)]?.focus()
    go(tab.href)
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(tab => (
          <a
            key={tab.name}
            role="tab"
            id={`${id}-${tab.name}`}
            href={tab.href}
            aria-selected={tab.name === current}
            aria-controls={tab.name === current ? `${id}-panel` : undefined}
            tabIndex={tab.name === current ? 0 : -1}
          >
            {tab.label}
            {tab.count !== undefined && <b>{tab.count}</b>}
          </a>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`}>
        {children}
      </div>
    </>
  )
}
