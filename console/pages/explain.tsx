import { PageHead } from '../parts/page.tsx'

export function Explain() {
  return <PageHead title="Explain" />
}
