/** Node's own test runner runs this file, since it fakes timers in its own way. */
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createEmulator } from '../../src/index.ts'
import { failedRoundTrips } from './round-trips.ts'

for (const options of [{ listen: false }, { listen: true, port: 0 }]) {
  for (const time of ['first', 'second']) {
    test(`an emulator with ${JSON.stringify(options)} responds before, during and after faked timers, ${time} time`, async () => {
      await using before = await createEmulator(options)
      assert.deepEqual(await failedRoundTrips(before, 'before'), [])

      mock.timers.enable()
      await using during = await createEmulator(options)
      assert.deepEqual(await failedRoundTrips(before, 'during'), [])
      assert.deepEqual(await failedRoundTrips(during, 'during'), [])
      await (await createEmulator(options)).close()

      mock.timers.reset()
      assert.deepEqual(await failedRoundTrips(before, 'after'), [])
      assert.deepEqual(await failedRoundTrips(during, 'after'), [])
    })
  }
}
