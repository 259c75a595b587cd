import { areKeysOn, JUMP_KEY } from '../frame/key-settings.ts'
import { open } from '../frame/opened.ts'
import { togglePresentation } from '../frame/presenting.ts'
import { THEMES, theme } from '../frame/theme.tsx'
import { Button } from '../parts/button.tsx'
import { Chips } from '../parts/chips.tsx'
import { CheckField } from '../parts/field.tsx'
import { PageHead, Panel } from '../parts/page.tsx'
import { Recordings } from './settings/recordings.tsx'
import { ServerFacts } from './settings/server-facts.tsx'

const THEME_NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const

export function Settings() {
  return (
    <>
      <PageHead title="Settings" facts="of this browser; the server’s own are options" />
      <div class="settings">
        <Panel title="This page">
          <ul class="lines">
            <li>
              <p class="line-text">
                <span class="line-title">Theme</span>
              </p>
              <Chips
                label="Theme"
                choices={THEMES.map(value => ({ value, label: THEME_NAMES[value] }))}
                value={theme.value}
                onChoose={value => {
                  theme.value = value
                }}
              />
            </li>
            <li>
              <div class="line-text">
                <CheckField
                  label="Single keys act"
                  isChecked={areKeysOn.value}
                  onChange={isChecked => {
                    areKeysOn.value = isChecked
                  }}
                />
                <p class="facts-row quiet-text">
                  Switch them off if you speak to your machine. {JUMP_KEY} always acts.
                </p>
              </div>
              <Button label="Show the keys" onPress={() => open('keys')} />
            </li>
            <li>
              <p class="line-text">
                <span class="line-title">Presentation</span>
                <span class="facts-row quiet-text">
                  Larger, with a sentence for each event. The tour plays on a copy of this world.
                </span>
              </p>
              <Button label="Present" icon="present" onPress={togglePresentation} />
            </li>
          </ul>
        </Panel>
        <Recordings />
        <ServerFacts />
      </div>
    </>
  )
}
