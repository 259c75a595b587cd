let loading: Promise<void> | undefined

/** The styles of all that is opened later. They are loaded once. */
export function loadLaterStyle(): Promise<void> {
  loading ??= new Promise(resolve => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = new URL(LATER_STYLE, import.meta.url).href
    link.addEventListener('load', () => resolve())
    // Without styles a page is still of use.
    link.addEventListener('error', () => resolve())
    document.head.append(link)
  })
  return loading
}
