/** The name of the shared worker's file, which the build fills in. */
declare const WORKER_FILE: string

/** The name of the styles that the first load does not need. */
declare const LATER_STYLE: string
