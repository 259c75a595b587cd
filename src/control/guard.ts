import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ControlError } from './errors.ts'

export interface Guard {
  /** What callers must show as `Authorization: Bearer …`; undefined: loopback callers need nothing. */
  readonly token: string | undefined
  /** Lets callers from other machines in without a token. */
  readonly open: boolean
}

/**
 * Keeps a web page from driving the control plane: a browser names the page in Origin, and a page that made its own name resolve
 * to this machine is given away by Host. Other machines need the token, unless it was said that they do not.
 */
export const requireTrust = ({ headers, ip }: FastifyRequest, { token, open }: Guard): void => {
  if (token !== undefined && !isBearer(headers.authorization, token)) {
    throw new ControlError(
      'forbidden',
      'the control plane wants Authorization: Bearer with the value of --control-token',
    )
  }
  if (headers.origin !== undefined && !isSameOrigin(headers.origin, headers.host)) {
    throw new ControlError('forbidden', `the control plane does not answer pages of ${headers.origin}`)
  }
  if (token === undefined && !open) {
    if (!isLoopback(ip)) {
      throw new ControlError('forbidden', 'callers from other machines need --control-token, or --control open')
    }
    if (!isOwnName(headers.host)) {
      throw new ControlError('forbidden', `the control plane is not reached as ${headers.host} without --control-token`)
    }
  }
}

const isBearer = (authorization: string | undefined, token: string): boolean => {
  const [shown, wanted] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}

const isSameOrigin = (origin: string, host: string | undefined): boolean => origin === `http://${host}`

const isLoopback = (ip: string): boolean => ip === '::1' || ip.startsWith('127.') || ip.startsWith('::ffff:127.')

/** `localhost` or an address: no name that somebody else's name server could point here. */
const isOwnName = (host = ''): boolean => {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isIP(name) !== 0
}
