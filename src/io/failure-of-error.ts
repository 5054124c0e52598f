import {
  failureDetails as details,
  type FailureKind,
  networkFailure,
  notStatsFailure,
  type PollFailure,
} from "../domain/failure.ts";

const codes: Readonly<Record<string, readonly [FailureKind, string]>> = {
  ECONNREFUSED: ["unreachable", details.refused],
  EHOSTUNREACH: ["unreachable", details.noRoute],
  EHOSTDOWN: ["unreachable", details.noRoute],
  ENETUNREACH: ["unreachable", details.networkDown],
  ENETDOWN: ["unreachable", details.networkDown],
  ECONNRESET: ["unreachable", details.reset],
  ECONNABORTED: ["unreachable", details.reset],
  EPIPE: ["unreachable", details.reset],
  UND_ERR_SOCKET: ["unreachable", details.closed],
  EACCES: ["unreachable", details.notPermitted],
  EPERM: ["unreachable", details.notPermitted],
  EMFILE: ["unreachable", details.noFiles],
  ENFILE: ["unreachable", details.noFiles],
  ETIMEDOUT: ["timeout", details.connectTimeout],
  ENOTFOUND: ["dns", details.nameNotFound],
  EAI_AGAIN: ["dns", details.nameServer],
  EAI_FAIL: ["dns", details.nameServer],
  EAI_NODATA: ["dns", details.nameNotFound],
  EAI_NONAME: ["dns", details.nameNotFound],
  CERT_HAS_EXPIRED: ["tls", details.expired],
  CERT_NOT_YET_VALID: ["tls", details.notYetValid],
  CERT_REVOKED: ["tls", details.revoked],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["tls", details.selfSigned],
  SELF_SIGNED_CERT_IN_CHAIN: ["tls", details.unknownIssuer],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["tls", details.unknownIssuer],
  UNABLE_TO_GET_ISSUER_CERT: ["tls", details.unknownIssuer],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["tls", details.unknownIssuer],
  CERT_UNTRUSTED: ["tls", details.unknownIssuer],
  ERR_TLS_CERT_ALTNAME_INVALID: ["tls", details.otherName],
  ERR_SSL_WRONG_VERSION_NUMBER: ["tls", details.notTls],
  ERR_SSL_PACKET_LENGTH_TOO_LONG: ["tls", details.notTls],
  ERR_SSL_HTTP_REQUEST: ["tls", details.notTls],
  ERR_SSL_BAD_RECORD_TYPE: ["tls", details.notTls],
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: ["tls", details.clientCertificate],
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: ["tls", details.handshake],
};

/** An error that already knows the failure it stands for. */
export class KnownFailure extends Error {
  readonly failure: PollFailure;

  constructor(failure: PollFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** What OpenSSL and Node put before the name of a TLS error that is not listed above. */
const tlsCode = /^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$|CERT_|INVALID_CA$|UNABLE_TO_)/;

/**
 * Finds the kind of a network error by its code; messages are never read, as they change and may hold anything.
 * Shape: `isMidAnswer` says that the answer had begun, so that a lost connection is told from a closed port.
 * What is not known becomes `unreachable`: this function never throws.
 * Source: Node.js errors, undici `lib/core/errors.js`, seen with Node 26 and undici 8.12.
 */
export function failureOfError(error: unknown, isMidAnswer: boolean): PollFailure {
  if (error instanceof KnownFailure) return error.failure;
  const code = codeOf(error);
  if (isMidAnswer && (code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE")) {
    return networkFailure("unreachable", details.lost);
  }
  const known = Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (known !== undefined) return networkFailure(known[0], known[1]);
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH") return networkFailure("unreachable", details.lost);
  if (isParserError(error)) return isTlsAlert(error) ? networkFailure("tls", details.speaksTls) : notHttp();
  if (code === "UND_ERR_HEADERS_OVERFLOW") return notHttp();
  if (tlsCode.test(code)) return networkFailure("tls", details.handshake);
  return networkFailure("unreachable", details.otherNetwork);
}

/** The connection broke before a byte of the answer: on a connection kept from before, asking once more is right. */
export function isLostConnection(error: unknown): boolean {
  const code = codeOf(error);
  return code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE";
}

function notHttp(): PollFailure {
  return { ...notStatsFailure("not-http"), statusCode: undefined };
}

/** A name with several addresses fails with all their errors at once; the first that has a code speaks for them. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError ? (error.errors.map(codeOf).find((code) => code !== "") ?? "") : "";
}

/** undici 8.12 gives most of these no code, though it means to ("HPE_…"). */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === "HTTPParserError";
}

/** A TLS server answers plain HTTP with an alert record: type 21, version 3. */
function isTlsAlert(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("data" in error)) return false;
  return typeof error.data === "string" && error.data.startsWith("\x15\x03");
}
