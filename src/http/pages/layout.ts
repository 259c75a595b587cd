import manifest from '#package.json' with { type: 'json' }
import type { PageFacts } from './facts.ts'
import { type Html, html } from './html.ts'

const REPOSITORY = manifest.repository.url.replace(/^git\+|\.git$/g, '')

/** The pages load nothing from elsewhere. Swagger UI sets styles, and has its icons in the code. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
}

export type PageTitle = 'Start' | 'API' | 'Control plane'

/** The names and addresses of all pages, without those that are out of the caller's reach. */
function linksFor({ root, control, console }: PageFacts): readonly (readonly [name: string, url: string])[] {
  const consoleLinks = console === undefined ? [] : [['Console', console] as const]
  const controlLinks = control === undefined ? [] : [['Control plane', `${control}/docs`] as const]
  return [
    ...consoleLinks,
    ['Start', `${root}/docs/start`],
    ['API', `${root}/docs`],
    ...controlLinks,
    ['Documentation', `${REPOSITORY}/tree/main/docs#readme`],
    ['Repository', REPOSITORY],
  ]
}

interface Page {
  readonly title: PageTitle
  /** The URL below which the page finds its files. */
  readonly files: string
  readonly facts: PageFacts
  readonly body: Html
  readonly styles?: readonly string[]
}

/** A whole page. */
export function layout({ title, files, facts, body, styles = ['style.css'] }: Page): string {
  const links = linksFor(facts).map(([name, url]) =>
    name === title ? html`<a href="${url}" aria-current="page">${name}</a> ` : html`<a href="${url}">${name}</a> `,
  )
  const sheets = styles.map(name => html`<link rel="stylesheet" href="${files}/${name}">\n`)
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · mockflared</title>
<link rel="icon" type="image/svg+xml" href="${files}/icon.svg">
${sheets}</head>
<body>
<header><a class="home" href="${facts.root}/">mockflared</a><nav class="links">${links}</nav></header>
${body}
</body>
</html>
`.text
}
