/** Loaded into each server before it starts: reports what the process has used so far to its parent. */
process.on('message', () => process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }))
process.channel?.unref()
// If the benchmark fails, its servers must not stay behind.
process.on('disconnect', () => process.exit())
