/** A recording can be dropped on any page. Another place for files takes them first. */
document.addEventListener('dragover', event => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
})

document.addEventListener('drop', event => {
  const [file] = event.dataTransfer?.files ?? []
  if (!file || event.defaultPrevented) return
  event.preventDefault()
  void open(file)
})

async function open(file: File): Promise<void> {
  const { openRecording } = await import('../data/recording/files.ts')
  await openRecording(file)
}
