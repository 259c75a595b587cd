import { PageHead } from '../parts/page.tsx'

export function Snapshots() {
  return <PageHead title="Snapshots" />
}
