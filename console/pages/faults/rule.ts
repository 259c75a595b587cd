/** A rule while someone builds it. It is in the URL, as JSON. */

export type Rule = Readonly<Record<string, unknown>> & { readonly effect: Readonly<Record<string, unknown>> }

/** Undefined for a text that is no rule. */
export function ruleFrom(text: string | null): Rule | undefined {
  try {
    const rule: unknown = JSON.parse(text ?? '')
    return isRule(rule) ? rule : undefined
  } catch {
    return undefined
  }
}

function isRule(value: unknown): value is Rule {
  const effect = Object(value).effect
  return typeof effect === 'object' && effect !== null && Object.keys(effect).length === 1
}

/** With one key changed. Undefined removes it. */
export function withKey<Values extends Readonly<Record<string, unknown>>>(
  values: Values,
  key: string,
  value: unknown,
): Values {
  const { [key]: _old, ...rest } = values
  return (value === undefined ? rest : { ...rest, [key]: value }) as unknown as Values
}

/** What someone typed into a field. A number stays a text until it is one: the server says why. */
export function typed(text: string, isNumber = false): string | number | undefined {
  if (text.trim() === '') return undefined
  return isNumber && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}

export function shown(value: unknown): string {
  return value === undefined ? '' : String(value)
}
