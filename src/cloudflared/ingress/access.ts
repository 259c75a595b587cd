import { GoError } from '../go/error.ts'
import type { AccessSettings } from './config.ts'

/**
 * For the settings of a rule only: cloudflared does not check the settings that apply to all rules.
 */
export function validateAccess({ required = false, teamName = '', audTag = [] }: AccessSettings = {}): void {
  if (required && teamName === '' && audTag.length > 0) {
    throw new GoError('access.TeamName cannot be blank when access.audTags are present')
  }
}
