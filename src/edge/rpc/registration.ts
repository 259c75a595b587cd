/** The edge's half of the RPC that a connector registers with: bytes in, bytes out. */
import { createFrameReader } from '../capnp/frames.ts'
import { ProtocolError } from '../capnp/protocol-error.ts'
import { readRoot, type StructReader } from '../capnp/reader.ts'
import type { RegisterAnswer, RegisterCall } from '../register-call.ts'
import {
  bootstrapReturn,
  type Call,
  EXCEPTION,
  emptyReturn,
  exceptionReturn,
  MESSAGE,
  METHOD,
  REGISTRATION_INTERFACE,
  readCall,
  unreadable,
} from './messages.ts'
import { readRegisterCall, registerReturn } from './register-messages.ts'

export interface RegistrationHandlers {
  register(call: RegisterCall): Promise<RegisterAnswer>
  unregister(): Promise<void>
  updateLocalConfiguration(json: Buffer): void
}

export interface RegistrationServer {
  /** Throws a ProtocolError; the session ends then, since what follows cannot be understood. */
  receive(chunk: Buffer): void
}

type State = 'new' | 'registering' | 'registered' | 'ended'

/** `send` gets whole frames, some of them later: it ignores those of a closed stream. */
export function createRegistrationServer(
  handlers: RegistrationHandlers,
  send: (frame: Buffer) => void,
): RegistrationServer {
  const framesOf = createFrameReader()
  let state: State = 'new'

  const move = (from: State, to: State, what: string): void => {
    if (state !== from) throw new ProtocolError(`a connector that is ${state} sends ${what}`)
    state = to
  }

  /** A handler that fails answers with an exception: cloudflared would wait for an answer. */
  const answer = (questionId: number, frame: Promise<Buffer>): void => {
    frame.catch(() => exceptionReturn(questionId, 'the edge failed', EXCEPTION.failed)).then(send)
  }

  const register = async (questionId: number, call: RegisterCall): Promise<Buffer> => {
    try {
      const result = await handlers.register(call)
      const frame = registerReturn(questionId, result)
      if (!('cause' in result)) {
        state = 'registered'
        return frame
      }
      state = 'ended'
      return result.is_unreadable ? unreadable(frame) : frame
    } catch (error) {
      state = 'ended'
      throw error
    }
  }

  const unregister = async (questionId: number): Promise<Buffer> => {
    await handlers.unregister()
    return emptyReturn(questionId)
  }

  const handleCall = ({ question_id, interface_id, method, params }: Call): void => {
    if (interface_id !== REGISTRATION_INTERFACE || method > METHOD.updateLocalConfiguration) {
      send(exceptionReturn(question_id, 'the edge does not have this method', EXCEPTION.unimplemented))
    } else if (method === METHOD.register) {
      const call = readRegisterCall(params)
      move('new', 'registering', 'a registration')
      answer(question_id, register(question_id, call))
    } else if (method === METHOD.unregister) {
      move('registered', 'ended', 'an unregistration')
      answer(question_id, unregister(question_id))
    } else {
      move('registered', 'registered', 'a local configuration')
      handlers.updateLocalConfiguration(params.data(0))
      send(emptyReturn(question_id))
    }
  }

  const handle = (message: StructReader): void => {
    switch (message.u16(0)) {
      case MESSAGE.bootstrap:
        send(bootstrapReturn(message.struct(0).u32(0)))
        return
      case MESSAGE.call:
        handleCall(readCall(message.struct(0)))
        return
      // The edge keeps no state for a question that it answered, so these end nothing.
      case MESSAGE.unimplemented:
      case MESSAGE.abort:
      case MESSAGE.finish:
      case MESSAGE.release:
        return
      default:
        throw new ProtocolError(`a connector sends a message of kind ${message.u16(0)}`)
    }
  }

  return {
    receive: chunk => {
      for (const segments of framesOf(chunk)) handle(readRoot(segments))
    },
  }
}
