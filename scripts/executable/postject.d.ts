declare module 'postject' {
  /** Writes a resource into an executable. */
  export function inject(
    executable: string,
    name: string,
    content: Buffer,
    options: { readonly sentinelFuse: string },
  ): Promise<void>
}
