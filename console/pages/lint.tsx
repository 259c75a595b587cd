import { PageHead } from '../parts/page.tsx'

export function Lint() {
  return <PageHead title="Lint" />
}
