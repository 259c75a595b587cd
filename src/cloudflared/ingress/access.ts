import type { AccessSettings } from './config.ts'
import { Refusal } from './refusal.ts'

/** Only a rule's own settings count: cloudflared does not check those that apply to all rules. */
export function validateAccess({ required = false, teamName = '', audTag = [] }: AccessSettings = {}): void {
  if (required && teamName === '' && audTag.length > 0) {
    throw new Refusal('access.TeamName cannot be blank when access.audTags are present')
  }
}
