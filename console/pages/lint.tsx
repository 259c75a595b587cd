/** `#/lint`: what does not fit together, and how to fix it. */
import type { Finding } from '../../schemas/control/lint.ts'
import { action } from '../data/act.ts'
import { call } from '../data/control.ts'
import { useResource } from '../data/resource.ts'
import { href, query, setQuery } from '../data/route.ts'
import { tunnelOf } from '../data/store.ts'
import { CopyMenu } from '../parts/copy-menu.tsx'
import { CheckField } from '../parts/field.tsx'
import { count, visible } from '../parts/format.ts'
import { Icon } from '../parts/icon.tsx'
import { PageHead, Panel } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/states.tsx'
import { byRule, titleOfRule } from './lint/rules.ts'

export function Lint() {
  const leftovers = query.value.has('leftovers')
  const input = leftovers ? { leftovers } : {}
  const findings = useResource(() => call('lint', input), {
    key: String(leftovers),
    changes: ({ type }) => type !== 'request',
  })
  return (
    <>
      <PageHead title="Lint" facts={findings.data && count(findings.data.length, 'finding')}>
        <CheckField
          label="Leftovers too"
          isChecked={leftovers}
          onChange={isChecked => setQuery({ leftovers: isChecked ? '1' : undefined })}
        />
        <CopyMenu action={action('lint', input)} of="Lint" />
      </PageHead>
      <Loaded resource={findings} action={action('lint', input)}>
        {data =>
          data.length === 0 ? (
            <Panel>
              <Empty title="Everything fits together">
                <p>
                  Each hostname has a record, each record a tunnel, and cloudflared accepts each configuration.
                  {leftovers && ' Nothing was created and left over.'}
                </p>
              </Empty>
            </Panel>
          ) : (
            [...byRule(data)].map(([rule, found]) => (
              <Panel key={rule} title={titleOfRule(rule)} actions={<code class="quiet-text">{rule}</code>}>
                <ul class="lines">
                  {found.map(finding => (
                    <FindingLine key={`${finding.id} ${finding.name}`} finding={finding} />
                  ))}
                </ul>
              </Panel>
            ))
          )
        }
      </Loaded>
    </>
  )
}

function FindingLine({ finding }: { finding: Finding }) {
  const { message, name, id } = finding
  return (
    <li class="lint-finding">
      <Icon name="warning" />
      <div class="line-text">
        <p class="line-title">{visible(name ?? id)}</p>
        <p>{visible(message)}</p>
      </div>
      <a class="button" href={placeOf(finding)} aria-label={`Show ${visible(name ?? id)}`}>
        Show
      </a>
    </li>
  )
}

/** The page that shows the object. */
function placeOf({ rule, id, zone_id }: Finding): string {
  if (tunnelOf(id)) return href(['tunnels', id])
  if (zone_id !== undefined) return href(['dns'])
  return href([rule === 'routes_overlap' ? 'networks' : ''])
}
