import { useSignal } from '@preact/signals'
import type { ConfigurationVersion } from '../../../schemas/control/configuration.ts'
import { Button } from '../../parts/button.tsx'
import { count, visible } from '../../parts/format.ts'
import { differingPart, folded, type Line, linesOf } from './differing-lines.ts'

interface SideBySideProps {
  readonly before: ConfigurationVersion
  readonly after: ConfigurationVersion
}

/** Two versions in two columns; on a phone, one below the other line by line. */
export function SideBySide({ before, after }: SideBySideProps) {
  const opened = useSignal<ReadonlySet<number>>(new Set())
  const folds = folded(linesOf(before.config, after.config, after.changes))
  return (
    <table class="side-by-side">
      <caption class="off-screen">
        Version {before.version} and version {after.version}
      </caption>
      <thead>
        <tr>
          <th scope="col">Version {before.version}</th>
          <th scope="col">Version {after.version}</th>
        </tr>
      </thead>
      {folds.map(fold =>
        fold.isHidden && !opened.value.has(fold.from) ? (
          <tbody key={fold.from}>
            <tr>
              <td colSpan={2} class="fold">
                <Button
                  label={`Show ${count(fold.lines.length, 'equal line')}`}
                  kind="quiet"
                  onPress={() => {
                    opened.value = new Set([...opened.value, fold.from])
                  }}
                />
              </td>
            </tr>
          </tbody>
        ) : (
          <tbody key={fold.from}>
            {fold.lines.map((line, nth) => (
              <LineRow key={nth} line={line} />
            ))}
          </tbody>
        ),
      )}
    </table>
  )
}

function LineRow({ line }: { line: Line }) {
  const { before, after, mark } = line
  return (
    <tr class={mark}>
      <Side text={before} other={after} sign={mark === 'same' ? undefined : '−'} />
      <Side text={after} other={before} sign={mark === 'same' ? undefined : '+'} />
    </tr>
  )
}

interface SideProps {
  readonly text: string | undefined
  readonly other: string | undefined
  /** Says in front of a changed line which side it is of. */
  readonly sign: string | undefined
}

function Side({ text, other, sign }: SideProps) {
  if (text === undefined) return <td class="none" />

  const indent = text.search(/\S/)
  const style = { '--indent': indent }
  if (sign === undefined) return <td style={style}>{visible(text.slice(indent))}</td>

  const [start, end] = other === undefined ? [text.length, text.length] : differingPart(text, other)
  return (
    <td data-sign={sign} style={style}>
      {visible(text.slice(indent, start))}
      {start < end && <b>{visible(text.slice(start, end))}</b>}
      {visible(text.slice(end))}
    </td>
  )
}
