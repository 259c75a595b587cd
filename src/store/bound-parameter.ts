/**
 * Writes a parameter (`@name` or `?`) as a sub-select. SQLite compiles a statement with ORDER BY or
 * LIMIT again whenever a parameter is bound, because the plan might depend on its value, and that
 * takes longer than to run it. No plan depends on a sub-select.
 */
export function boundParameter(parameter: string): string {
  return `(SELECT ${parameter})`
}
