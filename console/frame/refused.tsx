/** The control plane does not answer this page: what it said, and the ways out. */
import { useSignal } from '@preact/signals'
import { worldName } from '../data/place.ts'
import { failure, refresh } from '../data/store.ts'
import { enterToken } from '../data/token.ts'
import { Button } from '../parts/button.tsx'

export function Refused() {
  const error = failure.value
  const typed = useSignal('')
  const status = error && 'status' in error ? Number(error.status) : undefined
  const submit = (event: Event): void => {
    event.preventDefault()
    enterToken(typed.value.trim())
    refresh()
  }
  return (
    <section class="refused">
      <h1>
        {status === undefined
          ? 'No server answers'
          : status === 404
            ? `There is no world ${worldName}`
            : 'The control plane refuses this page'}
      </h1>
      <p class="failure-text">{error?.message}</p>
      {status === 403 && (
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
      )}
      {status !== 403 && <Button label="Try again" onPress={refresh} />}
    </section>
  )
}
