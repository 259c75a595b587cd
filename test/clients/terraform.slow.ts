/**
 * Cloudflare's Terraform provider, if TERRAFORM_PROVIDER_CLOUDFLARE_DIR names the folder of its
 * binary. It creates, plans, changes and destroys a tunnel with its configuration.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { run } from '../support/clients/child.ts'
import { ACCOUNT } from '../support/emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const PROVIDER = env.TERRAFORM_PROVIDER_CLOUDFLARE_DIR ?? ''

async function reasonToSkip(): Promise<string> {
  if (PROVIDER === '') return 'TERRAFORM_PROVIDER_CLOUDFLARE_DIR names no folder'
  return (await run('terraform', ['version'])).code === 0 ? '' : 'there is no terraform'
}

const skipReason = await reasonToSkip()

/** Takes the provider from its folder, so that Terraform installs nothing. */
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
  onTestFinished(() => emulator.close())
  const project = temporaryFolder()

  const settings = join(project, 'settings.tfrc')
  writeFileSync(settings, SETTINGS)
  const variables = {
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: 'true',
    CLOUDFLARE_BASE_URL: emulator.baseURL,
    CLOUDFLARE_API_TOKEN: 'any-token-of-forty-letters-or-digits-000',
  }
  return {
    control: emulator.control,
    write: (...args: Parameters<typeof resources>) => writeFileSync(join(project, 'main.tf'), resources(...args)),
    terraform: (...args: readonly string[]) =>
      run('terraform', [...args, '-no-color', '-input=false'], { env: variables, cwd: project }),
  }
}

/** The outcome of `plan -detailed-exitcode` without changes. */
const NO_CHANGES = { code: 0, output: expect.stringContaining('No changes.') }

describe.skipIf(skipReason)(`${skipReason && `SKIPPED: ${skipReason}: `}the Terraform provider`, () => {
  it('creates a tunnel with its configuration, plans no changes, then changes and destroys both', async () => {
    const { control, terraform, write } = await start()
    const tunnels = async () => (await control.getState()).tunnels ?? []

    write('blog', 'blog.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 added'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NO_CHANGES)

    write('blog-eu', 'eu.example.com')
    expect(await terraform('apply', '-auto-approve')).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 changed'),
    })
    expect(await terraform('plan', '-detailed-exitcode')).toMatchObject(NO_CHANGES)
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', configurations: { length: 2 } }])

    expect(await terraform('destroy', '-auto-approve')).toMatchObject({ code: 0 })
    expect(await tunnels()).toMatchObject([{ name: 'blog-eu', deleted_at: expect.any(String) }])
    expect((await control.listRequests()).flatMap(({ unread }) => unread)).toEqual([])
  })
})
