import { PageHead } from '../parts/page.tsx'

export function Reference() {
  return <PageHead title="Reference" />
}
