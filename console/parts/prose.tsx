import { visible } from './format.ts'

/** Text of the catalogue: what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text
        .split('`')
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{visible(part)}</code> : visible(part)))}
    </>
  )
}
