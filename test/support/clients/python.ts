/** Programs in Python, each set in a virtual environment of its own. */
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { disposableFolder, run } from './child.ts'

interface PythonEnvironment {
  /** Empty if the environment can be used. */
  readonly skipReason: string
  /** The path of a program of the environment, such as `python`. */
  readonly program: (name: string) => string
}

/** Installs packages in a folder that lasts as long as the tests of the file. */
export async function pythonEnvironment(requirements: string): Promise<PythonEnvironment> {
  const folder = disposableFolder()
  afterAll(() => folder[Symbol.dispose]())
  const program = (name: string) => join(folder.path, 'bin', name)

  const created = await run('python3', ['-m', 'venv', folder.path])
  if (created.code !== 0)
    return { skipReason: `there is no python3 that makes environments (${created.code})`, program }

  const install = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]
  const installed = await run(program('python'), install)
  return { skipReason: installed.code === 0 ? '' : 'its packages cannot be had', program }
}
