/** The control plane does not answer this page: what it said, and the ways out. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { consoleUrl, server, world, worldName } from '../data/place.ts'
import { failure, refresh } from '../data/store.ts'
import { enterToken } from '../data/token.ts'
import { Button } from '../parts/button.tsx'
import { Copyable } from '../parts/copy-menu.tsx'
import { visible } from '../parts/format.ts'

/** A server that starts shows its console soon. */
const TRY_AGAIN_MS = 2_000

export function Refused() {
  const error = failure.value
  const status = error && 'status' in error ? Number(error.status) : undefined
  return (
    <section class="refused">
      <h1 tabIndex={-1}>{titleFor(status)}</h1>
      <p class="failure-text" role="alert">
        {error && visible(error.message)}
      </p>
      {status === undefined ? <NoServer /> : status === 403 ? <NoAccess /> : <NoWorld />}
    </section>
  )
}

function titleFor(status: number | undefined): string {
  if (status === undefined) return 'No server answers'
  return status === 410 ? `There is no world ${worldName}` : 'The control plane refuses this page'
}

function NoServer() {
  useEffect(() => {
    const timer = setInterval(() => document.hidden || refresh(), TRY_AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <>
      <p>This page tries again until a server answers at {server}. To start one:</p>
      <Copyable text="npx mockflared --seed demo" label="the command" />
    </>
  )
}

function NoWorld() {
  return (
    <p class="row">
      {world !== undefined && (
        <a class="button" href={consoleUrl('main', '#/worlds')}>
          Go to the main world
        </a>
      )}
      <Button label="Try again" onPress={refresh} />
    </p>
  )
}

function NoAccess() {
  const typed = useSignal('')
  const before = useSignal<Error | undefined>(undefined)
  const submit = (event: Event): void => {
    event.preventDefault()
    before.value = failure.value
    enterToken(typed.value.trim())
    refresh()
  }
  return (
    <>
      <form onSubmit={submit}>
        <label for="token">The value of --control-token</label>
        <p class="row">
          <input
            id="token"
            type="password"
            autocomplete="off"
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          />
          <button type="submit" class="button primary">
            Use this token
          </button>
        </p>
        <p role="status">
          {before.value && failure.value !== before.value && 'The server does not accept this token.'}
        </p>
      </form>
      <p>Or start the server with one of these:</p>
      <ul>
        <li>
          <code>MOCKFLARED_CONTROL_TOKEN=…</code> for everyone who knows the token
        </li>
        <li>
          <code>MOCKFLARED_CONTROL=open</code> for everyone who reaches the port
        </li>
      </ul>
    </>
  )
}
