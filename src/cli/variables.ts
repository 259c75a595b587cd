/** Environment variables as text that a shell or a program reads. */

export type Variables = Readonly<Record<string, string>>

export const FORMATS = {
  shell: exportLines,
  dotenv: (variables: Variables) =>
    linesOf(variables, (name, value) => `${name}=${quoteIfNeeded(value, JSON.stringify)}`),
  json: (variables: Variables) => JSON.stringify(variables, null, 2),
  github: (variables: Variables) => linesOf(variables, (name, value) => `${name}=${value}`),
} as const satisfies Readonly<Record<string, (variables: Variables) => string>>

export function exportLines(variables: Variables): string {
  return linesOf(variables, (name, value) => `export ${name}=${quoteIfNeeded(value, quoteForShell)}`)
}

function linesOf(variables: Variables, line: (name: string, value: string) => string): string {
  return Object.entries(variables)
    .map(([name, value]) => line(name, value))
    .join('\n')
}

function quoteIfNeeded(value: string, quote: (value: string) => string): string {
  return /^[\w:/.,@%+=-]+$/.test(value) ? value : quote(value)
}

function quoteForShell(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}
