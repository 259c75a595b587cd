import { serve } from '../../src/vitest-setup.ts'

export default serve({ seed: 'every-status', control_token: 'of-the-run' })
