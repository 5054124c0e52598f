import type { GenerateInput } from "../generate/generate-input.ts";
import type { GeneratedFile } from "../generate/generated-file.ts";

/** A flag that only some targets have; the flags for the output are on all of them. */
export type TargetOption =
  | "haproxy-version"
  | "kubernetes-version"
  | "check"
  | "check-ca"
  | "check-cert"
  | "without"
  | "admin"
  | "vpn-interface"
  | "node"
  | "sections"
  | "secrets";

export type Generator = (input: GenerateInput) => readonly GeneratedFile[];

/** Something that `generate` writes. The generator is loaded when it is asked for. */
export type Target = {
  readonly name: string;
  readonly description: string;
  readonly options: readonly TargetOption[];
  /** Nodes whose stats listeners differ are given files of their own. */
  readonly isPerNode?: true;
  readonly examples: string;
  load(): Promise<Generator>;
};

/** Every target, in the order of the help and of `all`. */
export const TARGETS: readonly Target[] = [
  {
    name: "haproxy",
    description: "haproxy.cfg: whole, or only the pattern's sections",
    options: ["haproxy-version", "check", "check-ca", "check-cert", "without", "admin", "node", "sections", "secrets"],
    isPerNode: true,
    examples: `  k3s-lb generate haproxy                                  to stdout, checked by the local haproxy
  k3s-lb generate haproxy --node node07 --haproxy-version 2.8
  k3s-lb generate haproxy --diff /etc/haproxy/haproxy.cfg  what would change
  k3s-lb generate haproxy --write /etc/haproxy/haproxy.cfg only the block between its markers
  k3s-lb generate haproxy --check migrate --without slowstart,redispatch
  ssh node07 cat /etc/haproxy/haproxy.cfg | k3s-lb generate haproxy --node node07 --diff -`,
    load: async () => (await import("../generate/haproxy.ts")).generateHaproxy,
  },
];
