/** The part of a tunnel's configuration that cloudflared validates. */
export interface IngressConfig {
  readonly ingress?: readonly IngressRule[] | undefined
  readonly originRequest?: { readonly bastionMode?: boolean | undefined } | undefined
}

interface IngressRule {
  readonly hostname?: string | undefined
  readonly path?: string | undefined
  readonly service?: string | undefined
  readonly originRequest?: RuleOriginRequest | undefined
}

interface RuleOriginRequest {
  readonly access?: AccessSettings | undefined
  readonly bastionMode?: boolean | undefined
  readonly ipRules?: readonly IpRule[] | undefined
}

export interface AccessSettings {
  readonly required?: boolean | undefined
  readonly teamName?: string | undefined
  readonly audTag?: readonly string[] | undefined
}

export interface IpRule {
  readonly prefix?: string | undefined
  readonly ports?: readonly number[] | undefined
  readonly allow?: boolean | undefined
}
