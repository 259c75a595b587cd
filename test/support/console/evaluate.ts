import type { Page } from 'playwright-core'

/**
 * The value of an expression in the page. The debugger evaluates it, since the content security
 * policy of the console forbids both script tags and `eval`.
 */
export async function evaluate(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  try {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  } finally {
    await session.detach()
  }
}
