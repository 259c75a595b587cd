/**
 * How we know. `recorded`: a real answer was seen. `documented`: Cloudflare says so. `client`: an official client would break
 * otherwise. `inferred`: reasoned from the others. `assumed`: our choice, nobody knows.
 */
export type Evidence = 'recorded' | 'documented' | 'client' | 'inferred' | 'assumed'
