import { env } from 'node:process'
import { serve } from '../../src/vitest-setup.ts'

export default serve({
  seed: 'every-status',
  control_token: 'of-the-run',
  ...(env.FAIL_ON === 'documented' && { fail_on: env.FAIL_ON }),
})
