import type { ComponentChildren } from 'preact'

interface PageHeadProps {
  readonly title: ComponentChildren
  /** A line of facts beside the title. */
  readonly facts?: ComponentChildren
  /** Buttons on the right. */
  readonly children?: ComponentChildren
}

export function PageHead({ title, facts, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <h1 tabIndex={-1}>{title}</h1>
      {facts !== undefined && <p class="facts">{facts}</p>}
      {children !== undefined && <div class="page-actions">{children}</div>}
    </header>
  )
}

/** A white sheet with an optional heading. */
export function Panel({
  title,
  actions,
  children,
  label,
}: {
  title?: ComponentChildren
  actions?: ComponentChildren
  label?: string
  children: ComponentChildren
}) {
  return (
    <section class="panel" aria-label={label}>
      {title !== undefined && (
        <header class="panel-head">
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  )
}
