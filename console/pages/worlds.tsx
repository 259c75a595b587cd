import { PageHead } from '../parts/page.tsx'

export function Worlds() {
  return <PageHead title="Worlds" />
}
