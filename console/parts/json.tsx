/** Shows JSON: folds it, finds text in it, copies the path of a value, marks what nothing read. */
import { useSignal } from '@preact/signals'
import { useId, useMemo, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { copyText } from './copy-menu.tsx'
import { count, visible } from './format.ts'
import { Icon } from './icon.tsx'
import { allFolds, type JsonLine, linesOf, piecesOf, startFolds } from './json-lines.ts'

interface JsonProps {
  readonly value: unknown
  /** What it is, such as `Body of the answer`. */
  readonly label: string
  /** What its paths begin with, such as `body`. */
  readonly root: string
  /** A note for each marked path. */
  readonly marks?: ReadonlyMap<string, string>
}

const NONE: ReadonlySet<string> = new Set()

/** Shorter values need neither find nor fold. */
const FEW_LINES = 12

export function Json({ value, label, root, marks }: JsonProps) {
  const folds = useSignal(useMemo(() => startFolds(value, root), [value, root]))
  const sought = useSignal('')
  const current = useSignal(root)
  const tree = useRef<HTMLDivElement>(null)
  const findId = useId()

  const all = useMemo(() => linesOf(value, root, NONE), [value, root])
  const lines = sought.value === '' ? linesOf(value, root, folds.value) : all
  const isHit = (line: JsonLine): boolean => piecesOf(shownText(line), sought.value).some(piece => piece.isHit)
  const hits = sought.value === '' ? 0 : lines.filter(isHit).length
  const isAnyOpen = folds.value.size === 0

  const toggle = ({ path, kind }: JsonLine): void => {
    if (kind === 'value' || path === root) return
    const next = new Set(folds.value)
    if (!next.delete(path)) next.add(path)
    folds.value = next
  }
  const onKeyDown = (event: KeyboardEvent, line: JsonLine): void => {
    const items = [...(tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const end = { Home: 0, End: -1 }[event.key]
    const change = line.kind === 'folded' ? 'ArrowRight' : 'ArrowLeft'
    if (step !== undefined) items[items.indexOf(event.currentTarget as HTMLElement) + step]?.focus()
    else if (end !== undefined) items.at(end)?.focus()
    else if (event.key === change || event.key === 'Enter') toggle(line)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class="json">
      <div class="json-bar">
        <code class="cut">{visible(current.value)}</code>
        <Button label="Copy path" icon="link" isIconOnly kind="quiet" onPress={() => void copyText(current.value)} />
        <Button
          label={`Copy ${label}`}
          icon="copy"
          isIconOnly
          kind="quiet"
          onPress={() => void copyText(JSON.stringify(value, null, 2))}
        />
        {all.length > FEW_LINES && (
          <>
            <Button
              label={isAnyOpen ? 'Fold' : 'Unfold'}
              kind="quiet"
              onPress={() => {
                folds.value = isAnyOpen ? allFolds(value, root) : NONE
              }}
            />
            <label class="off-screen" for={findId}>
              Find in {label}
            </label>
            <input
              id={findId}
              type="search"
              placeholder="Find"
              onInput={({ currentTarget }) => {
                sought.value = currentTarget.value
              }}
            />
            <span class="quiet-text" role="status">
              {sought.value !== '' && count(hits, 'line')}
            </span>
          </>
        )}
      </div>
      <div class="json-lines" role="tree" aria-label={label} ref={tree}>
        {lines.map(line => {
          const note = line.kind === 'close' ? undefined : marks?.get(line.path)
          const comma = line.hasNext ? ',' : ''
          const isFoldable = line.kind === 'folded' || line.kind === 'open'
          return line.kind === 'close' ? (
            <div key={`${line.path} `} class="json-line" style={{ '--at': line.depth }} aria-hidden="true">
              {line.text + comma}
            </div>
          ) : (
            <div
              key={line.path}
              role="treeitem"
              class={`json-line${note === undefined ? '' : ' marked'}`}
              style={{ '--at': line.depth }}
              aria-level={line.depth + 1}
              aria-expanded={isFoldable ? line.kind === 'open' : undefined}
              aria-selected={line.path === current.value}
              tabIndex={line.path === current.value ? 0 : -1}
              onFocus={() => {
                current.value = line.path
              }}
              onKeyDown={event => onKeyDown(event, line)}
              onClick={() => getSelection()?.isCollapsed !== false && toggle(line)}
            >
              {isFoldable && line.path !== root && <Icon name={line.kind === 'open' ? 'down' : 'right'} size={12} />}
              {line.key !== undefined && (
                <span class="json-key">
                  <Hits text={visible(line.key)} sought={sought.value} />
                </span>
              )}
              {line.key !== undefined && ': '}
              <span class={`json-${line.kind}${line.text.startsWith('"') ? ' json-text' : ''}`}>
                <Hits text={visible(line.text)} sought={sought.value} />
              </span>
              {comma}
              {note !== undefined && <span class="json-note">{note}</span>}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function shownText({ key, text }: JsonLine): string {
  return key === undefined ? text : `${key}: ${text}`
}

function Hits({ text, sought }: { text: string; sought: string }) {
  return (
    <>
      {piecesOf(text, sought).map((piece, index) => (piece.isHit ? <mark key={index}>{piece.text}</mark> : piece.text))}
    </>
  )
}
