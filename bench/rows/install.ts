/** What `npm install mockflared` brings into an empty project. Packs what would be published, and builds it for that. */
import { rmSync } from 'node:fs'
import { emptyProject, pack } from '../../test/support/empty-project.ts'
import { installedIn } from '../installed.ts'
import { plain, type Row } from '../row.ts'

export const install: Row = {
  id: 'install',
  unit: 'packages, and megabytes',
  measure: async () => {
    const project = emptyProject()
    try {
      const { filename } = await pack(project.folder)
      await project.install(`./${filename}`)
      const { packages, bytes } = installedIn(project.folder)
      return { packages: [packages], size: [bytes / 1e6] }
    } finally {
      rmSync(project.folder, { recursive: true })
    }
  },
  figures: [
    { what: 'packages that an install brings', unit: 'packages', atMost: 25, failsAt: 60, of: plain('packages') },
    { what: 'size of an install', unit: 'MB', atMost: 45, failsAt: 90, of: plain('size') },
  ],
}
