import { useEffect } from 'preact/hooks'

/** Reads again what no event of this world tells, while someone looks at it. */
export function usePolling(reload: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload()
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
