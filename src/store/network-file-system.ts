import { statfsSync } from 'node:fs'

/** The types that Linux reports (statfs(2), linux/magic.h). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
])

/**
 * The kind of a file system that may not keep SQLite's locks and shared memory; undefined for all
 * others. SQLite's write-ahead log does not work over a network file system.
 */
export function networkFileSystem(path: string, typeOf = typeOfFileSystem): string | undefined {
  return NETWORK_FILE_SYSTEMS.get(typeOf(path))
}

function typeOfFileSystem(path: string): number {
  return statfsSync(path).type
}
