import { PageHead } from '../parts/page.tsx'

export function Dns() {
  return <PageHead title="DNS" />
}
