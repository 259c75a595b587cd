import type { ComponentChildren } from 'preact'
import type { Coverage } from '../../../schemas/control/evidence.ts'
import type { JournalEntry } from '../../../schemas/control/journal.ts'
import type { Resource } from '../../data/resource.ts'
import { href } from '../../data/route.ts'
import { faults, nameOfTunnel } from '../../data/store.ts'
import { EvidenceWord } from '../../parts/evidence.tsx'
import { Icon } from '../../parts/icon.tsx'
import { LABELS } from '../../parts/labels.ts'
import { Prose } from '../../parts/prose.tsx'
import { Loaded } from '../../parts/states.tsx'
import { sentenceOf } from '../faults/sentence.ts'
import { isFailed } from './filters.ts'

interface WhyProps {
  readonly entry: JournalEntry
  readonly coverage: Resource<Coverage>
}

/** What made the answer as it is: faults, then behaviours, the least certain first. */
export function Why({ entry, coverage }: WhyProps) {
  const { behaviours, fault_ids = [], not_emulated } = entry
  return (
    <section class="request-part">
      <h3>Why</h3>
      {fault_ids.map(id => (
        <Fault key={id} id={id} />
      ))}
      {not_emulated !== undefined && (
        <p class="finding">
          <Icon name="warning" />
          <span>
            Cloudflare has <code>{not_emulated}</code>, and mockflared does not emulate it. Your program works there and
            not here.
          </span>
        </p>
      )}
      {behaviours === undefined ? (
        <p class="quiet-text">
          {fault_ids.length > 0
            ? 'The fault made this answer, so it says nothing about Cloudflare.'
            : 'There was no answer.'}
        </p>
      ) : (
        <Loaded resource={coverage}>
          {({ behaviours: all }) => (
            <>
              {isFailed(entry) && behaviours.length === 1 && (
                <p>This check refused the request. Checks after it did not run.</p>
              )}
              <ul class="behaviours">
                {all
                  .filter(({ id }) => behaviours.includes(id))
                  .toSorted((a, b) => LABELS.indexOf(b.evidence) - LABELS.indexOf(a.evidence))
                  .map(behaviour => (
                    <Behaviour key={behaviour.id} behaviour={behaviour} />
                  ))}
              </ul>
            </>
          )}
        </Loaded>
      )}
    </section>
  )
}

type Known = Pick<Coverage['behaviours'][number], 'id' | 'evidence' | 'statement' | 'source'>

/** A behaviour with its label and its source. */
export function Behaviour({ behaviour, children }: { behaviour: Known; children?: ComponentChildren }) {
  const { id, evidence, statement, source } = behaviour
  return (
    <li class="behaviour">
      <EvidenceWord label={evidence} />
      <div>
        <p>
          <Prose text={statement} />
        </p>
        <p class="quiet-text">
          <a href={href(['evidence', id])}>{id}</a> · <Prose text={source} />
        </p>
        {children}
      </div>
    </li>
  )
}

function Fault({ id }: { id: string }) {
  const rule = faults.value.find(one => one.id === id)
  return (
    <p class="finding">
      <Icon name="faults" />
      <span>
        The fault <a href={href(['faults'])}>{id}</a> acted on it
        {rule ? `: ${sentenceOf(rule, nameOfTunnel)}` : '. It was removed since.'}
      </span>
    </p>
  )
}
