import { describe, expect, it } from "vitest";
import { generateHaproxy } from "../../src/generate/haproxy.ts";
import { loadText } from "../support/fleet-file.ts";
import { inputOf } from "../support/generate-input.ts";

/** The fleet file of a cluster like the sample, as the README has it. */
const SAMPLE = `cluster: k8s-de1
masters: [{ name: "k8s-de1-master-[1:3]", address: "master-[1:3]:6443" }]
nodes: [{ name: "node[01:38]", address: "10.8.0.[11:48]" }]
stats: { password: { env: K3S_LB_PASSWORD } }
`;

describe("generateHaproxy", () => {
  it("writes the sample's layout with its defects put right", async () => {
    const { fleet } = await loadText(SAMPLE);
    const [file] = generateHaproxy({ ...inputOf({ version: "3.2" }), fleet, node: fleet.nodes[0] });
    expect(file).toMatchObject({ path: "haproxy.cfg", check: "haproxy", comment: "#" });
    expect(file?.text).toMatchInlineSnapshot(`
      "# Made by k3s-lb generate haproxy from the fleet file of k8s-de1, for node node01 and HAProxy 3.2 or newer.
      # Change the fleet file and make it anew. Each fix of a known defect has one comment, with the way to leave it out.

      global
        log /dev/log local0
        log /dev/log local1 notice
        # admin-socket: the socket takes orders too (level admin), for k3s-lb --via socket and the state file; leave out: haproxy.without: [admin-socket]
        stats socket /run/haproxy/admin.sock mode 660 level admin
        stats timeout 30s
        user haproxy
        group haproxy
        daemon
        ca-base /etc/ssl/certs
        crt-base /etc/ssl/private
        # ciphers: k3s has EC certificates, which the usual RSA-only list refuses below TLS 1.3; leave out: haproxy.without: [ciphers]
        ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
        ssl-default-bind-options ssl-min-ver TLSv1.2
        ssl-default-server-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
        ssl-default-server-options ssl-min-ver TLSv1.2
        # node-name: the stats page says which node it is, by the fleet's own name; leave out: haproxy.without: [node-name]
        node node01
        # state-file: drains survive a reload and a restart (systemd saves the state: k3s-lb generate systemd); leave out: haproxy.without: [state-file]
        server-state-file /var/lib/k3s-lb-haproxy/servers
        .if !defined(K3S_LB_STATS_PASSWORD)
        .alert "K3S_LB_STATS_PASSWORD is not set: put it into /etc/default/haproxy (owner root, mode 0600)"
        .endif

      defaults
        log global
        mode http
        option dontlognull
        timeout connect 5s
        timeout client 50s
        timeout server 50s
        errorfile 400 /etc/haproxy/errors/400.http
        errorfile 403 /etc/haproxy/errors/403.http
        errorfile 408 /etc/haproxy/errors/408.http
        errorfile 500 /etc/haproxy/errors/500.http
        errorfile 502 /etc/haproxy/errors/502.http
        errorfile 503 /etc/haproxy/errors/503.http
        errorfile 504 /etc/haproxy/errors/504.http

      userlist k3s-lb
        user admin insecure-password "\${K3S_LB_STATS_PASSWORD}"

      listen stats
        description Global statistics
        bind 0.0.0.0:1936
        mode http
        option httplog
        timeout client 50s
        stats enable
        stats uri /
        stats refresh 5s
        stats admin if LOCALHOST
        stats hide-version
        stats show-node
        # show-legends: the stats page tells the address behind each name; leave out: haproxy.without: [show-legends]
        stats show-legends
        # An empty password would let everybody in.
        http-request deny if { env(K3S_LB_STATS_PASSWORD) -m len 0 }
        # metrics-password: /metrics wants the password too: by default it answers before anyone is asked; leave out: haproxy.without: [metrics-password]
        http-request auth realm k3s-lb unless { http_auth(k3s-lb) }
        http-request use-service prometheus-exporter if { path /metrics }

      frontend kubernetes_master_kube_api
        description frontend with k8s api masters
        bind 127.0.0.1:16443
        mode tcp
        # tcplog: logs connections as what they are: the defaults log HTTP, which is none here; leave out: haproxy.without: [tcplog]
        option tcplog
        # contstats: counts the bytes of a session while it runs, not when it ends; leave out: haproxy.without: [contstats]
        option contstats
        # keepalive: finds peers that vanished without a word, which a long tunnel timeout alone would keep; leave out: haproxy.without: [keepalive]
        option clitcpka
        timeout client 50s
        timeout client-fin 30s
        default_backend k8s-de1-kube-api
        clitcpka-idle 30s
        clitcpka-intvl 10s
        clitcpka-cnt 3

      backend k8s-de1-kube-api
        # k3s-lb: allow LB030 the fleet file says check.expect: 401
        # k3s-lb: allow LB032 the fleet file names no check.ca
        description backend with all kubernetes masters
        mode tcp
        balance roundrobin
        option httpchk GET /readyz
        # redispatch: a connection that a master refuses is tried on another one, not three times on the same; leave out: haproxy.without: [redispatch]
        option redispatch
        option srvtcpka
        http-check expect status 401
        timeout connect 5s
        timeout server 50s
        timeout server-fin 30s
        # tunnel-timeout: watches, exec and agent tunnels are silent for longer than the client and server timeouts, which would cut them; leave out: haproxy.without: [tunnel-timeout]
        timeout tunnel 24h
        # slowstart: a master that comes back is not flooded by all reconnecting clients at once; leave out: haproxy.without: [slowstart]
        # shutdown-sessions: a master that goes down loses its sessions at once, so that clients go elsewhere; leave out: haproxy.without: [shutdown-sessions]
        # init-state: a master that starts or leaves maintenance gets no connection before its first check has passed; leave out: haproxy.without: [init-state]
        # init-addr: HAProxy starts even while a master's name does not resolve; else one name stops all; leave out: haproxy.without: [init-addr]
        default-server inter 1s rise 2 fall 2 slowstart 10s on-marked-down shutdown-sessions init-state down init-addr libc,last,none
        server k8s-de1-master-1 master-1:6443 check check-ssl verify none
        server k8s-de1-master-2 master-2:6443 check check-ssl verify none
        server k8s-de1-master-3 master-3:6443 check check-ssl verify none
        srvtcpka-idle 30s
        srvtcpka-intvl 10s
        srvtcpka-cnt 3
        load-server-state-from-file global
      "
    `);
  });

  it("writes only the pattern's sections for a file that has its own global, and says what has to stand there", () => {
    const [file] = generateHaproxy(inputOf({ sectionsOnly: true, node: inputOf().fleet.nodes[0] }));
    const lines = file?.text.split("\n") ?? [];
    expect(lines.filter((line) => /^\S/.test(line))).toMatchInlineSnapshot(`
      [
        "# Made by k3s-lb generate haproxy from the fleet file of k8s-de1, for node node01 and HAProxy 2.8 or newer.",
        "# Change the fleet file and make it anew. Each fix of a known defect has one comment, with the way to leave it out.",
        "# These sections bring all else that they need, but this has to stand in the file's global section:",
        "#   stats socket /run/haproxy/admin.sock mode 660 level admin",
        "#   node node01",
        "#   server-state-file /var/lib/k3s-lb-haproxy/servers",
        "userlist k3s-lb",
        "listen stats",
        "frontend kubernetes_master_kube_api",
        "backend k8s-de1-kube-api",
      ]
    `);
    expect(lines.slice(lines.indexOf("userlist k3s-lb") + 1).slice(0, 4)).toMatchInlineSnapshot(`
      [
        "  .if !defined(K3S_LB_STATS_PASSWORD)",
        "  .alert "K3S_LB_STATS_PASSWORD is not set: put it into /etc/default/haproxy (owner root, mode 0600)"",
        "  .endif",
        "  user admin insecure-password "\${K3S_LB_STATS_PASSWORD}"",
      ]
    `);
  });

  it("gives the same bytes for the same fleet, and no literal password", () => {
    const stats = { password: { kind: "literal", value: "open-sesame" } } as const;
    const [one] = generateHaproxy(inputOf({ stats }));
    const [other] = generateHaproxy(inputOf({ stats }));
    expect(one).toEqual(other);
    expect(one?.text).not.toContain("open-sesame");
  });
});
