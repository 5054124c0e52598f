import { describe, expect, it } from "vitest";
import { ASCII_GLYPHS } from "../../src/output/glyphs.ts";
import { formatWide } from "../../src/output/status-wide.ts";
import { aDeadNode, aFleetView, aNode } from "../support/fleet-view.ts";

describe("formatWide", () => {
  it("shows every node and every server line under HAProxy's names, never cut", () => {
    const view = aFleetView({
      nodes: [aNode({ labels: { site: "a" } }, ["up", "down", "drain"]), aDeadNode({ name: "node02" })],
      masters: [],
    });
    const style = { colour: false, glyphs: ASCII_GLYPHS, columns: 40, headers: true, expect: 401 } as const;
    expect(`\n${formatWide(view, style)}`).toMatchInlineSnapshot(`
      "
      OK  k8s-de1: 3 of 3 masters up on 3
          nodes

      NODE    ADDRESS    STATE        AGE  USABLE  VERSION  SOURCE  LABELS  NOTE
      node01  10.8.0.11  fresh         0s       1  2.6.12   stats   site=a  master-2: connection refused; master-3: draining, no new connections
      node02  10.8.0.11  unreachable    -       -  -        -       -       does not answer: connection refused

      NODE    pxname            svname            status  check_status  check_code  check_duration  scur  stot  weight  lastchg  econ  wretr  wredis  chkfail  chkdown  last_chk
      node01  k8s-de1-kube-api  k8s-de1-master-1  UP      L7OK                 401               3     4   120       1     3600     0      0       0        0        0  -
      node01  k8s-de1-kube-api  k8s-de1-master-2  DOWN    L4CON                  -               0     0   120       1     3600     0      0       0        0        0  Connection refused
      node01  k8s-de1-kube-api  k8s-de1-master-3  DRAIN   L7OK                 401               3     4   120       1     3600     0      0       0        0        0  -
      "
    `);
  });
});
