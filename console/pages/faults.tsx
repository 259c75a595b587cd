import { PageHead } from '../parts/page.tsx'

export function Faults() {
  return <PageHead title="Faults" />
}
