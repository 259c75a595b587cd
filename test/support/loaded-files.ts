/** Preloaded into a process of its own: writes down each module that it loads. */
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { env } from 'node:process'

registerHooks({
  load: (url, context, nextLoad) => {
    appendFileSync(env.LOADED_FILES ?? '', `${url}\n`)
    return nextLoad(url, context)
  },
})
