import { describe, expect, it } from "vitest";
import { readKubeconfigs } from "../../src/init/kubeconfig.ts";

const CONFIG = `
apiVersion: v1
kind: Config
current-context: default
clusters:
  - { name: de1, cluster: { server: "https://127.0.0.1:6443", certificate-authority-data: Q0E= } }
  - { name: proxied, cluster: { server: "https://x", proxy-url: "http://p" } }
  - { name: odd, cluster: { server: "ftp://x" } }
users:
  - { name: admin, user: { client-certificate-data: Q0VSVA==, client-key: k.pem } }
  - { name: robot, user: { token: t0ken } }
  - { name: cloud, user: { exec: { command: aws } } }
contexts:
  - { name: default, context: { cluster: de1, user: admin } }
  - { name: robot, context: { cluster: de1, user: robot } }
  - { name: cloud, context: { cluster: de1, user: cloud } }
  - { name: proxied, context: { cluster: proxied, user: admin } }
  - { name: odd, context: { cluster: odd, user: admin } }
  - { name: lost, context: { cluster: gone, user: admin } }
`;

const files = [{ file: "/k/config", text: CONFIG }];

describe("readKubeconfigs", () => {
  it("finds server, authority and client certificate of the current context", () => {
    expect(readKubeconfigs(files, undefined)).toEqual({
      context: "default",
      clusterName: "de1",
      server: "https://127.0.0.1:6443",
      servername: undefined,
      isInsecure: false,
      ca: { data: "Q0E=" },
      cert: { data: "Q0VSVA==" },
      key: { path: "k.pem", file: "/k/config" },
      token: undefined,
    });
    expect(readKubeconfigs(files, "robot").token).toEqual({ value: "t0ken" });
  });

  it("joins several files, the first one of a name counts", () => {
    const other =
      "current-context: other\ncontexts: [{ name: default, context: {} }, { name: other, context: { cluster: de1, user: robot } }]\n";
    expect(readKubeconfigs([...files, { file: "b", text: other }], "other").token).toEqual({ value: "t0ken" });
    expect(readKubeconfigs([...files, { file: "b", text: other }], undefined).context).toBe("default");
  });

  it.each([
    ["nope", '/k/config: there is no context "nope"'],
    ["cloud", '/k/config: the user "cloud" gets its credentials from a program (exec), which init does not run'],
    ["proxied", "/k/config: the API is behind a proxy (proxy-url), which init does not use"],
    ["odd", '/k/config: the cluster "odd" has no server with http or https'],
    ["lost", '/k/config: the context names the cluster "gone", which is not there'],
  ])("says why the context %s cannot be used", (context, message) => {
    expect(() => readKubeconfigs(files, context)).toThrow(message);
  });

  it("wants a context to be set", () => {
    expect(() => readKubeconfigs([{ file: "f", text: "kind: Config\n" }], undefined)).toThrow(
      "f: no current-context is set",
    );
  });
});
