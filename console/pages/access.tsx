import { PageHead } from '../parts/page.tsx'

export function Access() {
  return <PageHead title="Access" />
}
