/** The world without `/w/{id}` in its address. */
export const MAIN_WORLD_ID = 'main'
