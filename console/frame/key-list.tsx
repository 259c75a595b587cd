import { PAGES } from '../pages/pages.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { CheckField } from '../parts/field.tsx'
import { areKeysOn, JUMP_KEY } from './key-settings.ts'
import { close, closed } from './opened.ts'

const GENERAL = [
  ['?', 'This list'],
  [JUMP_KEY, 'Jump to anything'],
  ['/', 'Find in the page'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['Esc', 'Back to the list; ends time cursor and presentation'],
  ['c', 'Copy the focused button as curl'],
  ['P', 'Presentation'],
] as const

const TIME = [
  ['f', 'Freeze or resume the clock'],
  ['n', 'Go to the next event'],
  ['.', 'Advance 10 seconds'],
  ['t', 'Type a time or a span'],
] as const

export function KeyList() {
  const pages = PAGES.filter(page => page.key !== undefined && !page.isHidden?.())
  return (
    <Dialog label="Keys" kind="keys" onClose={() => closed('keys')}>
      <header class="dialog-head">
        <h2>Keys</h2>
        <Button label="Close" icon="close" isIconOnly kind="quiet" onPress={close} />
      </header>
      <div class="key-columns">
        <Keys title="Everywhere" keys={GENERAL} />
        <Keys title="Time" keys={TIME} />
        <Keys title="Pages" keys={pages.map(({ key, name }) => [`g ${key}`, name] as const)} />
      </div>
      <CheckField
        label={`Single keys act. ${JUMP_KEY} and Esc always do.`}
        isChecked={areKeysOn.value}
        onChange={isChecked => {
          areKeysOn.value = isChecked
        }}
      />
    </Dialog>
  )
}

function Keys({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              {(title === 'Pages' ? key.split(' ') : [key]).map(part => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
