/** `#/verify?expect=JSON`: whether a request was sent, and if not, which came nearest. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RequestExpectation } from '../../schemas/control/journal.ts'
import { action } from '../data/act.ts'
import { readCoverage } from '../data/catalogue.ts'
import { call } from '../data/control.ts'
import { curlOf, typescriptOf } from '../data/copy.ts'
import { useResource } from '../data/resource.ts'
import { query, setQuery } from '../data/route.ts'
import { Button } from '../parts/button.tsx'
import { copyText } from '../parts/copy-menu.tsx'
import { Json } from '../parts/json.tsx'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { expectationOf } from './requests/expectation.ts'
import { replacesLog } from './requests/log.ts'
import { expectationIn } from './verify/expectation.ts'
import { ExpectationForm } from './verify/form.tsx'
import { Result } from './verify/result.tsx'

export function Verify() {
  const given = expectationIn(query.value.get('expect'))
  const expectation = given ?? {}
  // What was half typed goes when the form begins again.
  const round = useSignal(0)
  const beginWith = (next: RequestExpectation | undefined): void => {
    round.value += 1
    setQuery({ expect: next && JSON.stringify(next) })
  }
  const verified = action('verifyRequests', expectation)
  const coverage = useResource(readCoverage, { changes: () => false })
  const result = useResource(() => verify(expectation), {
    changes: event => event.type === 'request' || replacesLog(event),
  })
  useEffect(() => result.reload(), [JSON.stringify(expectation)])

  return (
    <div class="verify">
      <PageHead title="Verify" facts="Was a request sent, and how often?">
        {given && (
          <>
            <Button label="Copy as curl" icon="copy" onPress={() => void copyText(curlOf(verified))} />
            <Button label="Copy as test" icon="copy" onPress={() => void copyText(testOf(expectation))} />
            <Button label="Start over" onPress={() => beginWith(undefined)} />
          </>
        )}
      </PageHead>
      <div class="verify-panes">
        <Panel title="Expect a request">
          <ExpectationForm
            key={round.value}
            expectation={expectation}
            coverage={coverage.data}
            onChange={next => setQuery({ expect: JSON.stringify(next) })}
          />
          {given && <Json label="expectation" root="expectation" value={given} />}
        </Panel>
        <Panel title="Result">
          {given ? (
            <Loaded resource={result} action={verified}>
              {data => <Result {...data} />}
            </Loaded>
          ) : (
            <Empty title="Say what you expect">
              <p>Fill in a field, or start from a request of the log.</p>
              <Button label="Start from the latest request" onPress={async () => beginWith(await expectLatest())} />
            </Empty>
          )}
        </Panel>
      </div>
    </div>
  )
}

async function verify(expectation: RequestExpectation): Promise<Parameters<typeof Result>[0]> {
  const result = await call('verifyRequests', expectation)
  const near = await Promise.all(result.nearest.map(({ request_id }) => call('getRequest', { id: request_id })))
  return { result, near }
}

async function expectLatest(): Promise<RequestExpectation> {
  const [latest] = await call('listRequests', { limit: 1 })
  return latest ? expectationOf(latest) : { method: 'GET' }
}

function testOf(expectation: RequestExpectation): string {
  const lines = typescriptOf(action('verifyRequests', expectation))
  return `${lines.replace('await control', 'const { passed, message } = await control')}\nexpect(passed, message).toBe(true)`
}
