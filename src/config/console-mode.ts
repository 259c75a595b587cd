import type { ControlSettings } from '../../schemas/option-groups.ts'
import type { Options } from '../../schemas/options.ts'

/** The console is a page of the control plane: without that there is none. */
export function consoleMode({ control, console }: Pick<ControlSettings, 'control' | 'console'>): Options['console'] {
  return control === 'off' ? 'off' : console
}
