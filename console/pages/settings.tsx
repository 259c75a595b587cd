import { PageHead } from '../parts/page.tsx'

export function Settings() {
  return <PageHead title="Settings" />
}
