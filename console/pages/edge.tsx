import { PageHead } from '../parts/page.tsx'

export function Edge() {
  return <PageHead title="Edge" />
}
