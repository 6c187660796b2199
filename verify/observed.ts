/** What was seen from outside: plain data, gathered elsewhere and judged here. */
export interface Observed {
  readonly zone: ZoneSeen;
  /** Whether something answers where nothing can be: then this network rewrites what is sent to port 53. */
  readonly rewrites: boolean;
  /** Addresses of each cluster's `ingress.<cluster>.<zone>` in the zone; a cluster of which the zone's servers said nothing isn't here. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** Answers for each public name that was asked. */
  readonly names: Readonly<Record<string, readonly AnswerSeen[]>>;
  /** What the clusters' addresses answered, by `requestKey`. */
  readonly web: Readonly<Record<string, WebSeen>>;
}

export interface ZoneSeen {
  /** What the parent zone's servers say of this one. */
  readonly delegation: { readonly parent: string; readonly servers: readonly string[]; readonly failure?: string };
  readonly servers: readonly ZoneServerSeen[];
}

/** What one of the zone's servers says of the zone itself. */
export interface ZoneServerSeen {
  readonly name: string;
  readonly address: string;
  /** Why it said nothing that counts. */
  readonly failure?: string;
  readonly ns: readonly string[];
  /** Primary server and serial. */
  readonly soa?: string;
  /** Each as `0 issue "letsencrypt.org"`. */
  readonly caa: readonly string[];
}

/** What a client of one network was answered for one name, followed to its end. */
export interface AnswerSeen {
  readonly country: string;
  readonly network: string;
  /** Names that CNAMEs led to, in order. */
  readonly chain: readonly string[];
  readonly addresses: readonly string[];
  /** The longest scope of the client-subnet option in the replies on the way. @default - no reply had the option */
  readonly scope?: number;
  /** Whether each reply on the way was a zone's own. */
  readonly authoritative: boolean;
  /** Why there is no answer that counts: a server that is silent or refuses. */
  readonly failure?: string;
}

/** A question to one address. */
export interface WebRequest {
  readonly address: string;
  readonly port: number;
  readonly protocol: "https" | "http" | "tcp";
  /** Name that is asked for: SNI and Host. */
  readonly host: string;
  readonly path: string;
}

export interface WebSeen {
  /** @default - a tcp connection, or no answer */
  readonly status?: number;
  readonly failure?: string;
  readonly certificate?: CertificateSeen;
}

export interface CertificateSeen {
  /** Subject alternative names. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** What is wrong with the chain, in OpenSSL's word. @default - it leads to an authority that this machine trusts */
  readonly untrusted?: string;
}

/** The same for the same question. */
export const requestKey = ({ address, port, protocol, host, path }: WebRequest): string =>
  `${protocol}://${host}:${port}${path} at ${address}`;
