/** The examples in the help of each command. */
import type { Command } from 'commander'
import { fullNameOf } from './command-names.ts'

export const EXAMPLES = [
  'mockflared serve --seed demo',
  'mockflared serve --port 0 --auth strict --seed seed.json --watch',
  'mockflared serve --db data.db --no-check-ingress --print-config',
  'eval "$(mockflared env)"',
  'mockflared env --format dotenv',
  'eval "$(mockflared env --tunnel shop-web)"',
  'mockflared open --port 9000',
  'mockflared wait --timeout 10s',
  'mockflared health --url http://127.0.0.1:8844',
  'mockflared init',
  'mockflared init --force',
  'mockflared seed check seed.json demo',
  'mockflared reset',
  'mockflared reset empty',
  'mockflared reset before-migration',
  'mockflared snapshot list',
  'mockflared snapshot save before-migration',
  'mockflared snapshot restore before-migration',
  'mockflared snapshot delete before-migration',
  'mockflared world list',
  'eval "$(mockflared world create)"',
  'mockflared world create job-4711 --from empty',
  'mockflared world delete job-4711',
  'mockflared clock show --json',
  'mockflared clock freeze',
  'mockflared clock freeze 2026-01-01T00:00:00Z',
  'mockflared clock advance 5m',
  'mockflared clock set 2026-01-01T00:00:00Z',
  'mockflared clock resume',
  'mockflared tunnels',
  'mockflared tunnels --json --world job-4711',
  'mockflared connect shop-web --colo ams01 --colo fra02',
  'mockflared disconnect shop-web',
  'mockflared disconnect shop-web --graceful',
  'mockflared reconnect shop-web',
  'mockflared drain shop-web --every 2s',
  'mockflared flap shop-web --down-for 10s',
  'mockflared edge show',
  'mockflared edge accept',
  'mockflared edge refuse --world job-4711',
  'mockflared edge ca',
  'mockflared edge faults list',
  'mockflared edge faults add edge-outage',
  'mockflared edge faults add \'{"times": 1, "effect": {"drop_connection": {}}}\'',
  'mockflared edge faults remove edge-fault-1',
  'mockflared edge faults clear',
  'mockflared edge requests list --status 530',
  'mockflared edge requests clear',
  'mockflared requests list --limit 5',
  'mockflared requests list --follow --status 404',
  'mockflared requests show 1',
  'mockflared requests verify --method POST --body \'{"name": "shop"}\' --max 1',
  'mockflared requests clear',
  'mockflared events --after 0',
  'mockflared events --follow --json',
  'mockflared faults list',
  'mockflared faults add rate-limited',
  'mockflared faults add \'{"method": "DELETE", "times": 1, "effect": {"html": 502}}\'',
  'mockflared faults remove fault-1',
  'mockflared faults clear',
  'mockflared report show --fail-on assumed',
  'mockflared report clear',
  'mockflared lint',
  'mockflared lint --leftovers --json',
  'source <(mockflared completion bash)',
  'source <(mockflared completion zsh)',
  'mockflared completion fish | source',
  'mockflared help clock advance',
] as const

/** Adds to a command and all below it the examples that use them. */
export function addExamples(command: Command): void {
  const name = fullNameOf(command)
  const found = EXAMPLES.filter(example => command.parent && `${example} `.replace(/[)"]+ $/, ' ').includes(`${name} `))
  if (found.length > 0) {
    command.addHelpText('after', ['', 'Examples:', ...found.map(example => `  ${example}`)].join('\n'))
  }
  for (const subcommand of command.commands) addExamples(subcommand)
}
