/**
 * Cloudflare's Terraform provider, where TERRAFORM_PROVIDER_CLOUDFLARE_DIR names the folder that its binary is in: a tunnel and its
 * configuration are made, planned again, changed and destroyed.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { folder, run } from '../support/clients/child.ts'
import { ACCOUNT } from '../support/emulator.ts'

const PROVIDER = env.TERRAFORM_PROVIDER_CLOUDFLARE_DIR ?? ''

async function missing(): Promise<string> {
  if (PROVIDER === '') return 'TERRAFORM_PROVIDER_CLOUDFLARE_DIR names no folder'
  return (await run('terraform', ['version'])).code === 0 ? '' : 'there is no terraform'
}

const why = await missing()

/** The provider is taken from its folder, so there is nothing to install. */
const SETTINGS = `provider_installation {
  dev_overrides { "cloudflare/cloudflare" = "${PROVIDER}" }
  direct {}
}`

function resources(name: string, hostname: string): string {
  return `
terraform {
  required_providers {
    cloudflare = { source = "cloudflare/cloudflare" }
  }
}

resource "cloudflare_zero_trust_tunnel_cloudflared" "blog" {
  account_id = "${ACCOUNT}"
  name       = "${name}"
  config_src = "cloudflare"
}

resource "cloudflare_zero_trust_tunnel_cloudflared_config" "blog" {
  account_id = "${ACCOUNT}"
  tunnel_id  = cloudflare_zero_trust_tunnel_cloudflared.blog.id
  config = {
    ingress = [
      { hostname = "${hostname}", service = "http://localhost:8080", origin_request = { connect_timeout = 10 } },
      { service = "http_status:404" },
    ]
  }
}
`
}

async function start() {
  const emulator = await createEmulator({ port: 0 })
  const project = folder()
  onTestFinished(async () => {
    project[Symbol.dispose]()
    await emulator.close()
  })

  const settings = join(project.path, 'settings.tfrc')
  writeFileSync(settings, SETTINGS)
  const variables = {
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: 'true',
    CLOUDFLARE_BASE_URL: emulator.baseURL,
    CLOUDFLARE_API_TOKEN: 'any-token-of-forty-letters-or-digits-000',
  }
  return {
    control: emulator.control,
    write: (...what: Parameters<typeof resources>) => writeFileSync(join(project.path, 'main.tf'), resources(...what)),
    terraform: (...args: readonly string[]) =>
      run('terraform', [...args, '-no-color', '-input=false'], { env: variables, cwd: project.path }),
  }
}

/** What `plan -detailed-exitcode` says when there is nothing to change. */
const NOTHING_TO_DO = { code: 0, said: expect.stringContaining('No changes.') }

describe.skipIf(why)(`${why && `SKIPPED: ${why}: `}the Terraform provider`, () => {
  it('makes a tunnel with its configuration, sees no drift, changes and destroys them', async () => {
    const { control, terraform, write } = await start()
    const tunnels = async () => (await control.getState()).tunnels ?? []

    write('blog', 'blog.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      said: expect.stringContaining('2 added'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NOTHING_TO_DO)

    write('blog-eu', 'eu.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      said: expect.stringContaining('2 changed'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NOTHING_TO_DO)
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', configurations: { length: 2 } }])

    expect(await terraform('destroy', '-auto-approve')).toMatchObject({ code: 0 })
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', deleted_at: expect.any(String) }])
    expect((await control.listRequests()).flatMap(({ unread }) => unread)).toEqual([])
  })
})
