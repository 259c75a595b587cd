/** The parts of the URL that hooks and handlers need, parsed once. Ids are in lower case. */
export interface RequestTarget {
  /** Without world, base path and query; errors and the request log contain this form. */
  readonly path: string
  readonly account_id?: string | undefined
  readonly tunnel_id?: string | undefined
  readonly zone_id?: string | undefined
}
