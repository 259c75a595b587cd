import { type Static, Type } from './typebox.ts'

/**
 * RFC 3339 in UTC with exactly six fraction digits, including trailing zeros
 * (recorded: timestamps), such as `2026-09-29T07:05:39.497020Z`. The length is fixed, so the text
 * sorts by time.
 */
export const Timestamp = Type.String({
  title: 'Timestamp',
  description: 'RFC 3339, UTC, microseconds.',
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$',
  examples: ['2026-09-29T07:05:39.497020Z'],
})
export type Timestamp = Static<typeof Timestamp>
