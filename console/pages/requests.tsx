import { PageHead } from '../parts/page.tsx'

export function Requests() {
  return <PageHead title="Requests" />
}
