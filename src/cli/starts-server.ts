const ABOUT_ALL = ['-h', '--help', '-v', '--version']

/** No other verb is named, and no help asked for in which all of them stand. */
export function startsServer(args: readonly string[]): boolean {
  const [first = 'serve'] = args
  return (first === 'serve' || (first.startsWith('-') && first !== '--')) && !args.some(arg => ABOUT_ALL.includes(arg))
}
