import { describe, expect, it } from 'vitest'
import { validateIngress } from '../../../src/cloudflared/ingress/validate.ts'
// The answer of cloudflared's own validator (2026.8, built with Go 1.26) to each configuration.
import answers from './answers.json' with { type: 'json' }

describe('validateIngress gives the recorded answer of cloudflared', { tags: ['ingress_validation'] }, () => {
  const cases = answers.map(({ why, config, ok, message }) => ({
    title: `${why}: ${JSON.stringify(config).slice(0, 100)}`,
    config,
    answer: ok ? null : message,
  }))

  it.each(cases)('$title', ({ config, answer }) => {
    expect(validateIngress(config)).toBe(answer)
  })
})
