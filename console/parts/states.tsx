/** What a page shows while it has nothing to show. */
import type { ComponentChildren } from 'preact'
import type { Action } from '../data/act.ts'
import type { Resource } from '../data/resource.ts'
import { Button } from './button.tsx'
import { CopyMenu } from './copy-menu.tsx'
import { visible } from './format.ts'

/** Nothing is here. Says why, and what to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  )
}

interface FailureProps {
  readonly error: Error
  /** What was asked. */
  readonly action?: Action
  readonly onRetry: () => void
}

/** The server's own words, and how to try again. */
export function Failure({ error, action, onRetry }: FailureProps) {
  return (
    <div class="failure" role="alert">
      <p class="failure-title">The control plane refused:</p>
      <p class="failure-text">{error.message}</p>
      <p class="row">
        <span class="action-button">
          <Button label="Try again" onPress={onRetry} />
          {action && <CopyMenu action={action} of="Try again" />}
        </span>
      </p>
    </div>
  )
}

/** Why the server refused what a form asked for, at the form. */
export function Refusal({ message }: { message: string }) {
  return (
    <p class="refusal" role="alert">
      {visible(message)}
    </p>
  )
}

interface LoadedProps<Data> {
  readonly resource: Resource<Data>
  readonly action?: Action
  readonly children: (data: Data) => ComponentChildren
}

/** Shows a resource as soon as it is there; its error above what was read before. */
export function Loaded<Data>({ resource: { data, error, reload }, action, children }: LoadedProps<Data>) {
  return (
    <>
      {error && <Failure error={error} onRetry={reload} {...(action && { action })} />}
      {data === undefined ? !error && <div class="loading" aria-busy="true" /> : children(data)}
    </>
  )
}
