/** `#/reference`: the operations of the control plane, which everything here is made of. */
import { OBSERVER } from '../data/control.ts'
import { controlUrl, server } from '../data/place.ts'
import { quoted } from '../data/quote.ts'
import { useResource } from '../data/resource.ts'
import { query, setQuery } from '../data/route.ts'
import { token } from '../data/token.ts'
import { Copyable } from '../parts/copy-menu.tsx'
import { count } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'
import { Json } from '../parts/json.tsx'
import { PageHead, Panel } from '../parts/page.tsx'
import { Prose } from '../parts/prose.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { type Document, type ListedOperation, matching, operationsOf } from './reference/operations.ts'

export function Reference() {
  const find = query.value.get('find') ?? ''
  const operations = useResource(readOperations, { changes: () => false })
  return (
    <>
      <PageHead
        title="Reference"
        facts={operations.data && `${count(operations.data.length, 'operation')} of the control plane`}
      >
        <a class="button" href={`${controlUrl}/docs`} target="_blank" rel="noreferrer">
          Try them in Swagger UI <Icon name="external" size={14} />
        </a>
        <a class="button" href={`${server}/docs`} target="_blank" rel="noreferrer">
          The emulated API <Icon name="external" size={14} />
        </a>
      </PageHead>
      <p class="reference-find">
        <input
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation"
          value={find}
          onInput={({ currentTarget }) => setQuery({ find: currentTarget.value || undefined })}
        />
      </p>
      <Loaded resource={operations}>
        {all => {
          const groups = Map.groupBy(matching(all, find), ({ tag }) => tag)
          return groups.size === 0 ? (
            <Panel>
              <Empty title="No operation matches" />
            </Panel>
          ) : (
            [...groups].map(([tag, members]) => (
              <Panel key={tag} title={tag.slice(0, 1).toUpperCase() + tag.slice(1)}>
                {members.map(operation => (
                  <Line key={operation.id} operation={operation} />
                ))}
              </Panel>
            ))
          )
        }}
      </Loaded>
    </>
  )
}

async function readOperations(): Promise<ListedOperation[]> {
  const authorization = token.value === undefined ? {} : { authorization: `Bearer ${token.value}` }
  const response = await fetch(`${controlUrl}/openapi.json`, { headers: { ...OBSERVER, ...authorization } })
  if (!response.ok) throw new Error(await response.text())
  return operationsOf((await response.json()) as Document)
}

function Line({ operation }: { operation: ListedOperation }) {
  const { id, method, path, summary, parameters, takesBody, example } = operation
  return (
    <details class="operation">
      <summary>
        <b>{id}</b>
        <code>
          {method} {path}
        </code>
        <span class="quiet-text">{summary}</span>
      </summary>
      <div class="operation-body">
        {parameters.length > 0 && (
          <dl class="explained-list">
            {parameters.map(one => (
              <>
                <dt key={one.name}>
                  <code>{one.name}</code> {one.in === 'path' && 'in the path'}
                </dt>
                <dd>{one.description !== undefined && <Prose text={one.description} />}</dd>
              </>
            ))}
          </dl>
        )}
        {example !== undefined && <Json label="an example of its body" root="body" value={example} />}
        <div class="command">
          <Copyable label="as curl" text={curlOf(method, path, takesBody ? (example ?? {}) : undefined)} />
        </div>
      </div>
    </details>
  )
}

function curlOf(method: string, path: string, body: unknown): string {
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    quoted(controlUrl + path),
    ...(token.value === undefined ? [] : ['-H "Authorization: Bearer $MOCKFLARED_CONTROL_TOKEN"']),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
  ].join(' ')
}
