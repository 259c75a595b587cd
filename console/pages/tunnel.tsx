import { PageHead } from '../parts/page.tsx'

export function Tunnel() {
  return <PageHead title="Tunnel" />
}
