/** Calls from one thread to another, over the port between them. */
import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads'

/** The functions that a thread offers to the other. */
type Functions<Names extends object> = { readonly [Name in keyof Names]: (...values: never[]) => unknown }

type ParametersOf<Offered, Name extends keyof Offered> = Offered[Name] extends (...values: infer Values) => unknown
  ? Values
  : never

type ResultOf<Offered, Name extends keyof Offered> = Offered[Name] extends (...values: never[]) => infer Result
  ? Awaited<Result>
  : never

export type Caller<Offered> = <Name extends keyof Offered>(
  name: Name,
  ...values: ParametersOf<Offered, Name>
) => Promise<ResultOf<Offered, Name>>

interface Call {
  readonly name: string
  readonly values: never[]
  /** Gets the one answer. It closes when the thread ends before. */
  readonly answer: MessagePort
}

type Answer = { readonly result: unknown } | { readonly problem: string }

interface Target {
  readonly postMessage: (message: unknown, transfer: readonly Transferable[]) => void
}

/** Calls the functions of a thread. A call rejects when it throws, or when the thread ends. */
export function callerOf<Offered extends Functions<Offered>>(target: Target, ended: AbortSignal): Caller<Offered> {
  return (name, ...values) =>
    new Promise((resolve, reject) => {
      const { port1: port, port2: answer } = new MessageChannel()
      const end = (): void => {
        port.close()
        ended.removeEventListener('abort', end)
        reject(new Error('the worker thread ended'))
      }
      port.once('message', (message: Answer) => {
        if ('result' in message) resolve(message.result as ResultOf<Offered, typeof name>)
        else reject(new Error(message.problem))
        end()
      })
      port.once('close', end)
      ended.addEventListener('abort', end)
      if (ended.aborted) end()
      else target.postMessage({ name, values, answer }, [answer])
    })
}

/** Answers a call with one of these functions. */
export async function answerCall<Offered extends Functions<Offered>>(
  functions: Offered,
  { name, values, answer }: Call,
): Promise<void> {
  try {
    const called = functions[name as keyof Offered]
    answer.postMessage({ result: await called(...values) })
  } catch (error) {
    answer.postMessage({ problem: error instanceof Error ? error.message : String(error) })
  }
}
