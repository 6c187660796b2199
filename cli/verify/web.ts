import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { CertificateSeen, WebRequest, WebSeen } from "../../verify/observed";

/** Asks an address, and takes whatever certificate it shows. */
export type Visit = (request: WebRequest) => Promise<WebSeen>;

const PATIENCE_MILLISECONDS = 10_000;

/** One request without following anything; the body isn't read. */
export const visit: Visit = (request) => visitWith(request);

/** @param authorities certificates to trust, PEM. @default - those that Node trusts */
export function visitWith(request: WebRequest, authorities?: string): Promise<WebSeen> {
  const { protocol, address, port, host, path } = request;
  if (protocol === "tcp") return connection(address, port);
  return new Promise((resolve) => {
    const options = {
      host: address,
      port,
      path,
      method: "GET",
      agent: false as const,
      headers: { host, "user-agent": "meridian-verify", connection: "close" },
      timeout: PATIENCE_MILLISECONDS,
    };
    // the certificate is looked at, not insisted on
    const sent =
      protocol === "http"
        ? httpRequest(options)
        : httpsRequest({ ...options, servername: host, rejectUnauthorized: false, ca: authorities });
    sent.on("response", (response) => {
      const certificate = protocol === "https" ? certificateOf(response.socket as TLSSocket) : undefined;
      resolve({ status: response.statusCode ?? 0, certificate });
      sent.destroy();
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer in ${PATIENCE_MILLISECONDS / 1000} s`)));
    sent.on("error", (error) => resolve({ failure: inWords(error) }));
    sent.end();
  });
}

function connection(address: string, port: number): Promise<WebSeen> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: PATIENCE_MILLISECONDS });
    const end = (seen: WebSeen) => {
      socket.destroy();
      resolve(seen);
    };
    socket.on("connect", () => end({}));
    socket.on("timeout", () => end({ failure: `no answer in ${PATIENCE_MILLISECONDS / 1000} s` }));
    socket.on("error", (error) => end({ failure: inWords(error) }));
  });
}

function certificateOf(socket: TLSSocket): CertificateSeen | undefined {
  const certificate: DetailedPeerCertificate = socket.getPeerCertificate(true);
  if (!certificate.raw) return undefined;
  const error = socket.authorizationError as Error | string | null | undefined;
  return {
    names: (certificate.subjectaltname ?? "").split(", ").flatMap((name) => (name.startsWith("DNS:") ? [name.slice(4)] : [])),
    issuer: [certificate.issuer.O, certificate.issuer.CN].flat().filter(Boolean).join(" "),
    notBefore: Date.parse(certificate.valid_from),
    notAfter: Date.parse(certificate.valid_to),
    untrusted: error
      ? `${typeof error === "string" ? error : ((error as NodeJS.ErrnoException).code ?? error.message)}`
      : undefined,
  };
}

function inWords(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "refuses connections";
  if (error.code === "ECONNRESET") return "breaks the connection off";
  if (error.code === "EHOSTUNREACH" || error.code === "ENETUNREACH") return "can't be reached from here";
  return error.message;
}
