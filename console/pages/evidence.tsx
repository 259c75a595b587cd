import { PageHead } from '../parts/page.tsx'

export function Evidence() {
  return <PageHead title="Evidence" />
}
