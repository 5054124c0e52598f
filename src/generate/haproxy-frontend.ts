import { cfgName, quoteCfgWord } from "../domain/cfg-quote.ts";
import { isAtLeast } from "../domain/haproxy-version.ts";
import { parseHostPort } from "../domain/host.ts";
import { UserError } from "../domain/user-error.ts";
import type { GenerateInput } from "./generate-input.ts";
import { allow, allowedFixes, fixNote, hasFix } from "./haproxy-fix-notes.ts";
import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";

/** The frontend that kubelets and k3s agents connect to on their own node. */
export function frontendSection(input: GenerateInput): HaproxySection {
  const { backend, frontend } = input.fleet;
  const fix = (id: "tcplog" | "contstats", option: string): readonly HaproxyLine[] =>
    hasFix(input, id) ? [{ words: ["option", option], notes: [fixNote(id)] }] : [];
  const isOpen = !isLoopback(frontend.bind);
  const notes = [
    ...allowedFixes(input, ["keepalive", "contstats", "tcplog"]),
    ...(isOpen ? [allow("LB050", `the fleet file binds it to ${frontend.bind}`)] : []),
  ];
  return {
    keyword: "frontend",
    name: frontendName(input),
    lines: [
      { words: ["description", "frontend", "with", "k8s", "api", "masters"], notes },
      { words: ["bind", quoteCfgWord(frontend.bind, "frontend.bind")] },
      { words: ["mode", "tcp"] },
      ...fix("tcplog", "tcplog"),
      ...fix("contstats", "contstats"),
      ...(hasFix(input, "keepalive") ? [{ words: ["option", "clitcpka"], notes: [fixNote("keepalive")] }] : []),
      { words: ["timeout", "client", "50s"] },
      ...(hasFix(input, "tunnel-timeout") ? [{ words: ["timeout", "client-fin", "30s"] }] : []),
      { words: ["default_backend", cfgName(backend, "backend")] },
      ...keepaliveLines(input, "cli"),
    ],
  };
}

/**
 * How a peer that vanished is found: three probes, the first after half a minute of silence, so within a minute.
 * Shape: lines that have no `option` in front and so come last in a section.
 */
export function keepaliveLines(input: GenerateInput, side: "cli" | "srv"): readonly HaproxyLine[] {
  if (!hasFix(input, "keepalive")) return [];
  return [
    { words: [`${side}tcpka-idle`, "30s"] },
    { words: [`${side}tcpka-intvl`, "10s"] },
    { words: [`${side}tcpka-cnt`, "3"] },
  ];
}

/** Errors: `UserError` where the backend has the same name, which HAProxy refuses from 3.3 on. */
function frontendName({ fleet, version }: GenerateInput): string {
  const name = cfgName(fleet.frontend.name, "frontend.name");
  if (name !== fleet.backend || !isAtLeast(version, { major: 3, minor: 3 })) return name;
  throw new UserError(
    `frontend.name and backend are both ${name}, which HAProxy refuses from 3.3 on`,
    "Rename one of them in the fleet file.",
  );
}

/** Whether only the node itself gets there. */
function isLoopback(bind: string): boolean {
  const host = parseHostPort(bind)?.host ?? "";
  return host === "localhost" || host === "::1" || /^127(?:\.\d+){3}$/.test(host);
}
