import { PageHead } from '../parts/page.tsx'

export function Networks() {
  return <PageHead title="Networks" />
}
