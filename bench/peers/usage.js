/** Loaded into a server before it starts: tells whoever started it what it used so far. */
process.on('message', () => process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }))
process.channel?.unref()
// Whoever started it may fail; nobody is left behind then.
process.on('disconnect', () => process.exit())
