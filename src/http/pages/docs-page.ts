import type { PageFacts } from './facts.ts'
import { html } from './html.ts'
import { layout, type PageTitle } from './layout.ts'

const HINT = html`<p class="hint">This server accepts the credentials of its seed: press “Authorize” and paste one.</p>`

/** The page with Swagger UI. `url` is the URL of the page, without a slash at the end. */
export function docsPage(title: PageTitle, url: string, facts: PageFacts): string {
  const files = `${url}/static`
  const isLocked = title === 'API' && facts.token === undefined
  const body = html`${isLocked ? HINT : ''}
<div id="swagger-ui" data-document="${url}/json" data-token="${facts.token ?? ''}"></div>
<script src="${files}/swagger-ui-bundle.js"></script>
<script src="${files}/docs.js"></script>`
  return layout({ title, files, facts, body, styles: ['swagger-ui.css', 'style.css'] })
}
