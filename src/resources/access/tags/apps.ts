import type { AccessAppRecord } from '../../../../schemas/access-application.ts'
import type { AccessTagRecord } from '../../../../schemas/access-tag.ts'
import type { Database } from '../../../store/database.ts'
import { appsOf, saveApp } from '../applications/store.ts'

/** The applications that have a tag. */
export function appsWithTag(db: Database, { account_id, name }: AccessTagRecord): readonly AccessAppRecord[] {
  return appsOf(db, account_id).filter(({ settings }) => settings.tags?.includes(name))
}

/**
 * Renames a tag in its applications, or takes it from them without a new name
 * (assumed: access_tag_follows).
 */
export function replaceTag(db: Database, tag: AccessTagRecord, to?: string): void {
  for (const app of appsWithTag(db, tag)) {
    const tags = (app.settings.tags ?? []).flatMap(name => (name === tag.name ? (to ?? []) : name))
    saveApp(db, { ...app, settings: { ...app.settings, tags } })
  }
}
