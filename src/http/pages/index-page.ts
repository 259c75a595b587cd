import { VERSION } from '../../config/version.ts'
import type { PageFacts } from './facts.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

/** The page to start with: what is loaded, how to point a client at it, and what else to look at. */
export function indexPage(facts: PageFacts): string {
  const { root, control, console, console_hint, examples, token, environment, contents } = facts
  const lines = Object.entries(environment).map(([name, value]) => html`export ${name}=${value}\n`)
  const loaded = [
    ['Tunnels', contents?.tunnels],
    ['Seed', contents && (contents.seeds.join(', ') || 'none')],
    ['Account', examples.account_id && html`<code>${examples.account_id}</code>`],
    ['Zone', examples.zone_id && html`<code>${examples.zone_id}</code>`],
  ].flatMap(([name = '', value]) => (value === undefined ? [] : [html`<dt>${name}</dt><dd>${value}</dd>\n`]))
  const views = [
    ['State', `${control}/state`, 'everything that this world holds, in the format of seeds'],
    ['Requests', `${control}/requests`, 'the request log: what clients sent, and the responses'],
    ['Events', `${control}/events`, 'what happened, oldest first'],
  ]
  const consoleView =
    console === undefined ? [] : [['Console', console, 'a page that shows this world, and changes it']]
  const health = ['Health', `${root}/healthz`, 'for orchestrators']
  const links = [...consoleView, ...(control === undefined ? [] : views), health].map(
    ([name = '', url = '', what = '']) => html`<dt><a href="${url}">${name}</a></dt><dd>${what}</dd>\n`,
  )
  const hint = html`<p>The token is a placeholder: use one of the seed.</p>`
  const body = html`<main class="index">
<h1>mockflared ${VERSION}</h1>
<p>This server emulates Cloudflare’s Tunnel API.</p>
<h2>Point a client at it</h2>
<pre>${lines}</pre>
${token === undefined ? hint : ''}
${loaded.length > 0 ? html`<h2>What is loaded</h2>\n<dl>\n${loaded}</dl>` : ''}
<h2>Look inside</h2>
${console_hint === undefined ? '' : html`<p class="hint">${console_hint}</p>`}
<dl>
${links}</dl>
</main>`
  return layout({ title: 'Start', files: `${root}/docs/static`, facts, body })
}
