/** The facts about a world that our pages show to their caller. */
export interface PageFacts {
  /** The URLs, without a slash at the end, of the emulated API's port and of the control plane. */
  readonly root: string
  /** Undefined if the caller may not use the control plane. */
  readonly control: string | undefined
  /** The URL of the console; undefined if the caller does not get it. */
  readonly console: string | undefined
  /** A sentence that says why there is no console, and what to set; undefined if there is one. */
  readonly console_hint: string | undefined
  /** Path parameters with values that exist, by name. */
  readonly examples: Readonly<Record<string, string>>
  /** Undefined if the caller may not know one that the world accepts. */
  readonly token: string | undefined
  /** The variables that point a client at the world. */
  readonly environment: Readonly<Record<string, string>>
  /** What is loaded; undefined if the caller may not use the control plane. */
  readonly contents: { readonly tunnels: number; readonly seeds: readonly string[] } | undefined
}
