/** Completion scripts that know the whole command: they do not run it. */
import { type CompletionNode, type CompletionOption, nodesOf } from './tree.ts'

export function bashCompletion(tree: CompletionNode): string {
  return `# mockflared completion for bash: source <(mockflared completion bash)
_mockflared() {
  local at='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
      ${pathPattern(tree)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${wordCases(tree, words => `words='${words}'`)}
  esac
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${valueCases(tree, words => `words='${words}'`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _mockflared mockflared`
}

export function zshCompletion(tree: CompletionNode): string {
  return `#compdef mockflared
# mockflared completion for zsh: source <(mockflared completion zsh)
_mockflared() {
  local at='' word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      ${pathPattern(tree)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${wordCases(tree, words => `found=(${words})`)}
  esac
  case "\${words[CURRENT-1]}" in
${valueCases(tree, words => `found=(${words})`)}
  esac
  compadd -- $found || _files
}
compdef _mockflared mockflared`
}

export function fishCompletion(tree: CompletionNode): string {
  const lines = nodesOf(tree).flatMap(node => {
    const condition = fishCondition(node)
    return [
      ...node.subcommands.map(
        ({ path, description }) =>
          `complete -c mockflared -n '${condition}' -f -a ${path.at(-1)} -d ${fishText(description)}`,
      ),
      ...node.options.map(option => `complete -c mockflared -n '${condition}' ${fishOption(option)}`),
    ]
  })
  return ['# mockflared completion for fish: mockflared completion fish | source', ...lines].join('\n')
}

/** The program without a command is a server, so its own words come before any other. */
function fishCondition({ path, subcommands }: CompletionNode): string {
  if (path.length === 0) return '__fish_use_subcommand'
  const seen = path.map(word => `__fish_seen_subcommand_from ${word}`)
  const open = subcommands.map(({ path: below }) => below.at(-1)).join(' ')
  return [...seen, ...(open ? [`not __fish_seen_subcommand_from ${open}`] : [])].join('; and ')
}

function fishOption({ flag, description, takesValue, values }: CompletionOption): string {
  const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : ''
  return `-l ${flag.slice(2)}${value} -d ${fishText(description)}`
}

function fishText(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}

/** Matches the words so far of every command. */
function pathPattern(tree: CompletionNode): string {
  return nodesOf(tree)
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => `' ${path.join(' ')}'`)
    .join(' | ')
}

/** The words that may follow each command. */
function wordCases(tree: CompletionNode, assign: (words: string) => string): string {
  return nodesOf(tree)
    .map(({ path, subcommands, options }) => {
      const words = [...subcommands.map(one => one.path.at(-1)), ...options.map(({ flag }) => flag)].join(' ')
      return `    '${path.map(word => ` ${word}`).join('')}') ${assign(words)} ;;`
    })
    .join('\n')
}

/** The values that may follow an option; nothing of ours where any text may. */
function valueCases(tree: CompletionNode, assign: (words: string) => string): string {
  const options = nodesOf(tree)
    .flatMap(node => node.options)
    .filter(({ takesValue }) => takesValue)
  const valuesOf = new Map(options.map(({ flag, values }) => [flag, values.join(' ')]))
  return [...valuesOf].map(([flag, values]) => `    ${flag}) ${assign(values)} ;;`).join('\n')
}
