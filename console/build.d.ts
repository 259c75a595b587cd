/** The name of the shared worker's file, which the build fills in. */
declare const WORKER_FILE: string
