import { describe, expect, it } from 'vitest'
import { plusMillis } from '../../schemas/time.ts'
import { createRateLimiter, QUOTA, type RateLimiter } from '../../src/world/rate-limit.ts'

const START = '2026-01-01T00:00:00.000000Z'
function at(seconds: number): string {
  return plusMillis(START, seconds * 1_000)
}

function takeAll(quota: RateLimiter, caller = 'alice', now = START): void {
  for (let count = 0; count < QUOTA.requests; count += 1) quota.take(caller, now)
}

describe('the quota', { tags: ['quota'] }, () => {
  it('is 1,200 requests in five minutes, counted down', () => {
    const quota = createRateLimiter()

    expect(quota.take('alice', at(0))).toEqual({ allowed: true, remaining: 1_199, reset_s: 300 })
    expect(quota.take('alice', at(0.2))).toEqual({ allowed: true, remaining: 1_198, reset_s: 300 })
    expect(quota.take('alice', at(299))).toEqual({ allowed: true, remaining: 1_197, reset_s: 1 })
  })

  it('resets after five minutes', () => {
    const quota = createRateLimiter()
    quota.take('alice', at(0))

    expect(quota.take('alice', at(300))).toEqual({ allowed: true, remaining: 1_199, reset_s: 300 })
  })

  it('allows the last request and none after it', () => {
    const quota = createRateLimiter()
    for (let count = 1; count < QUOTA.requests; count += 1) quota.take('alice', START)

    expect(quota.take('alice', START)).toMatchObject({ allowed: true, remaining: 0 })
    expect(quota.take('alice', START)).toMatchObject({ allowed: false, remaining: 0 })
  })

  it('blocks for five minutes after the request that exceeded it, whatever requests follow', () => {
    const quota = createRateLimiter()
    takeAll(quota)

    expect(quota.take('alice', at(100))).toEqual({ allowed: false, remaining: 0, reset_s: 300 })
    expect(quota.take('alice', at(300))).toEqual({ allowed: false, remaining: 0, reset_s: 100 })
    expect(quota.take('alice', at(399.5))).toEqual({ allowed: false, remaining: 0, reset_s: 1 })
    expect(quota.take('alice', at(400))).toEqual({ allowed: true, remaining: 1_199, reset_s: 300 })
  })

  it('is separate for each caller', () => {
    const quota = createRateLimiter()
    takeAll(quota)

    expect(quota.take('alice', START).allowed).toBe(false)
    expect(quota.take('bob', START)).toMatchObject({ allowed: true, remaining: 1_199 })
  })
})
