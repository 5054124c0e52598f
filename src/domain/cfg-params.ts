/** Parameters of a `server` or `bind` line by their names; those that take no value have an empty one. */
export type CfgParams = ReadonlyMap<string, string>;

/** Parameters with a value behind them. Source: `haproxy -dKcfg` of 2.6 and 3.4 (+1), and `usesrc`. */
const WITH_VALUE: ReadonlySet<string> = new Set(
  (
    "accept-netscaler-cip addr agent-addr agent-inter agent-port agent-send alpn backlog ca-file ca-ignore-err " +
    "ca-sign-file ca-sign-pass ca-verify-file cc check-alpn check-pool-conn-name check-proto check-sni ciphers " +
    "ciphersuites client-sigalgs cookie crl-file crt crt-ignore-err crt-list curves default-crt downinter ecdhe " +
    "error-limit expose-fd fall fastinter gid group guid guid-prefix hash-key healthcheck id idle-ping init-addr " +
    "init-state inter interface ktls label level log-bufsize log-proto max-reuse maxconn maxqueue minconn mode mss name " +
    "namespace nbconn nice npn observe on-error on-marked-down on-marked-up pool-conn-name pool-low-conn " +
    "pool-max-conn pool-purge-delay port process proto proxy-v2-options quic-cc-algo quic-socket redir resolve-net " +
    "resolve-opts resolve-prefer resolvers rise set-proxy-v2-tlv-fmt severity-output shard shards sigalgs slowstart " +
    "sni socks4 source ssl-max-ver ssl-min-ver tcp-md5sig tcp-ss tcp-ut thread tls-ticket-keys track uid user " +
    "usesrc verify verifyhost weight ws"
  ).split(" "),
);

/** HAProxy knows some 130; a hostile file shall not fill the memory with others. */
const MOST = 200;

/**
 * Reads the parameters of a `server`, `default-server` or `bind` line, laid over those of an earlier line.
 * Shape: the last one of a name holds; `no-check` takes `check` away again, and so on for all that have a `no-`.
 */
export function readCfgParams(words: readonly string[], earlier: CfgParams = new Map()): CfgParams {
  const params = new Map(earlier);
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? "";
    params.delete(name);
    if (params.size >= MOST) break;
    if (WITH_VALUE.has(name)) {
      at += 1;
      params.set(name, words[at] ?? "");
    } else {
      if (name.startsWith("no-")) params.delete(name.slice("no-".length));
      params.delete(`no-${name}`);
      params.set(name, "");
    }
  }
  return params;
}
