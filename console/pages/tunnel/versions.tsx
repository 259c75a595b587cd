import type { ConfigurationVersion } from '../../../schemas/control/configuration.ts'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { path } from '../../data/route.ts'
import { millis } from '../../data/time.ts'
import { count, dateOf, timeOf, visible } from '../../parts/format.ts'
import { Empty, Loaded } from '../../parts/states.tsx'
import { trackedConnectors } from '../../picture/tracked.ts'
import { NoConfiguration } from './no-configuration.tsx'
import { versionHref } from './tabs.ts'
import { useVersions } from './use-versions.ts'
import { VersionDetail } from './version-detail.tsx'

/** Every version of the configuration, the latest on top, and what one of them changed. */
export function Versions({ tunnel }: { tunnel: OverviewTunnel }) {
  const versions = useVersions(tunnel)
  return (
    <Loaded resource={versions}>
      {all => (all.length === 0 ? <NoConfiguration tunnel={tunnel} /> : <Both tunnel={tunnel} versions={all} />)}
    </Loaded>
  )
}

interface BothProps {
  readonly tunnel: OverviewTunnel
  readonly versions: readonly ConfigurationVersion[]
}

function Both({ tunnel, versions }: BothProps) {
  const wanted = path.value[3]
  const chosen = wanted === undefined ? versions.at(-1) : versions.find(({ version }) => String(version) === wanted)
  const before = chosen && versions[versions.indexOf(chosen) - 1]
  return (
    <div>
      <nav aria-label="Versions">
        <ol class="version-list">
          {versions.toReversed().map(version => (
            <li key={version.version}>
              <a
                class="version-card"
                data-row
                href={versionHref(tunnel.tunnel_id, version.version)}
                aria-current={version === chosen ? 'true' : undefined}
              >
                <VersionLine version={version} runningOn={runningOn(tunnel, version)} />
              </a>
            </li>
          ))}
        </ol>
      </nav>
      {chosen ? (
        <VersionDetail key={chosen.version} tunnel={tunnel} version={chosen} before={before} />
      ) : (
        <Empty title={`There is no version ${visible(wanted ?? '')}`}>
          <p>A reset or a restored snapshot may have removed it.</p>
        </Empty>
      )}
    </div>
  )
}

function VersionLine({ version, runningOn }: { version: ConfigurationVersion; runningOn: number }) {
  const at = millis(version.created_at)
  return (
    <>
      <b>Version {version.version}</b>
      {runningOn > 0 && <span class="side-note">{count(runningOn, 'connector')}</span>}
      <span class="version-line">
        <time>
          {dateOf(at)} {timeOf(at)}
        </time>
      </span>
      <span class="version-line cut">
        {version.source === 'local' ? 'local, ' : ''}by {visible(version.author)}
      </span>
    </>
  )
}

function runningOn({ connectors }: OverviewTunnel, { version }: ConfigurationVersion): number {
  return trackedConnectors(connectors).filter(({ config_version }) => config_version === version).length
}
