/**
 * Paths of lucide (https://lucide.dev), ISC licence:
 * Copyright (c) 2026 Lucide Icons and Contributors. Permission to use, copy, modify, and/or
 * distribute this software for any purpose with or without fee is hereby granted, provided that the
 * above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED
 * "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL,
 * DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE,
 * DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING
 * OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
 */
export const ICON_PATHS = {
  brand: 'M3 5h3c7 0 5 14 12 14h3M3 19h3c7 0 5-14 12-14h3',
  tunnels: 'M3 6h3c7 0 5 12 12 12h3M3 18h3c7 0 5-12 12-12h3',
  requests: 'M3 6h.01M3 12h.01M3 18h.01M8 6h13M8 12h13M8 18h13',
  verify: 'm4 12 5 5L20 6',
  explain: 'M10.5 18a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM21 21l-5.2-5.2',
  dns: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18',
  networks: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM6 16v-4h12v4M12 12V8',
  access: 'M15.5 8.5a4.5 4.5 0 1 0-4.240 4.490L9 15.5H7v2H5v2.5H2.5V17l6.2-6.2M17 7h.01',
  edge: 'M17.5 19a4.5 4.5 0 0 0 .6-8.960 6.5 6.5 0 0 0-12.640 1.060A4 4 0 0 0 6.5 19z',
  faults: 'M13 2 4 14h7l-1 8 9-12h-7z',
  snapshots:
    'M14.5 4h-5L7 7H4a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V9a2 2 0 0 0-2-2h-3zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  worlds: 'm12 3 9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5',
  evidence: 'M20 13c0 5-3.5 7.5-8 9-4.5-1.5-8-4-8-9V5l8-3 8 3zM9 12l2 2 4-4',
  lint: 'M4 4h10M4 9h7M4 14h5M20 8l-6 10 6 0zM13 18h7',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  reference: 'M4 19.5V5a2 2 0 0 1 2-2h14v18H6a2 2 0 0 1 0-4h14',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 4v16l13-8z',
  next: 'M5 4v16l10-8zM19 5v14',
  past: 'M3 12a9 9 0 1 0 3-6.7L3 8M3 3v5h5M12 7.5V12l3 2',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  system: 'M3 4h18v12H3zM8 21h8M12 16v5',
  copy: 'M9 9h11v12H9zM5 15H4V3h11v2',
  check: 'm5 12 5 5L20 7',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  up: 'm6 15 6-6 6 6',
  right: 'm9 6 6 6-6 6',
  left: 'm15 6-6 6 6 6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  plus: 'M12 5v14M5 12h14',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  unplug:
    'm19 5 3-3M2 22l3-3M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4zM7.5 13.5 10 11M10.5 16.5 13 14M12 6l6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0z',
  plug: 'M12 22v-5M9 8V2M15 8V2M18 8v5a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4V8z',
  stop: 'M5 5h14v14H5z',
  drain: 'M4 5h16M7 10h10M9 15h6M11 20h2',
  flap: 'M21 12a9 9 0 0 1-15.300 6.400L3 16M3 21v-5h5M3 12a9 9 0 0 1 15.300-6.400L21 8M21 3v5h-5',
  download: 'M12 3v12M7 10l5 5 5-5M4 21h16',
  upload: 'M12 16V4M7 9l5-5 5 5M4 21h16',
  lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4',
  external: 'M14 4h6v6M20 4 10 14M18 14v6H4V6h6',
  present: 'M2 4h20M4 4v11h16V4M12 15v3M8 22l4-4 4 4',
  link: 'M10 14a5 5 0 0 0 7.1 0l3-3a5 5 0 0 0-7.1-7.1l-1 1M14 10a5 5 0 0 0-7.1 0l-3 3a5 5 0 0 0 7.1 7.1l1-1',
} as const
