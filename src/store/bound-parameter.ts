/**
 * Writes a parameter (`@name` or `?`) as a sub-select. SQLite recompiles a statement with ORDER BY
 * or LIMIT whenever a parameter is bound, because the plan might depend on its value. That takes
 * longer than running it. No plan depends on a sub-select.
 */
export function boundParameter(parameter: string): string {
  return `(SELECT ${parameter})`
}
