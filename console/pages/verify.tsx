import { PageHead } from '../parts/page.tsx'

export function Verify() {
  return <PageHead title="Verify" />
}
