/** Recordings as files: save one, open one. */
import { signal } from '@preact/signals'
import { say } from '../act.ts'
import { asError } from '../as-error.ts'
import { worldName } from '../place.ts'
import { play } from '../store.ts'
import { createPlayer } from './player.ts'
import { record } from './record.ts'
import { parseRecording, type Recording } from './recording.ts'

/** The recording that the page shows. */
export const opened = signal<Recording | undefined>(undefined)

export async function saveRecording(): Promise<void> {
  try {
    const recording = opened.value ?? (await record(new Date()))
    const day = recording.saved_at.slice(0, 16).replaceAll(/[:T]/g, '-')
    download(`mockflared-${worldName}-${day}.json`, JSON.stringify(recording))
  } catch (cause) {
    say(asError(cause).message, { kind: 'failed' })
  }
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export async function openRecording(file: File): Promise<void> {
  try {
    const recording = parseRecording(await file.text())
    opened.value = recording
    play(createPlayer(recording))
  } catch (cause) {
    say(`${file.name}: ${asError(cause).message}`, { kind: 'failed' })
  }
}

export function closeRecording(): void {
  opened.value = undefined
  play(undefined)
}
