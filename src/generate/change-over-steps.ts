import { parseHostPort } from "../domain/host.ts";
import type { Fleet, FleetCheck, Master } from "../domain/inventory.ts";
import { shellWord } from "../domain/shell-word.ts";
import { cleanText } from "../domain/text.ts";
import type { Part, Proof, Step } from "./change-over-step.ts";

/** What k3s-lb calls the two kinds of answer (`check` in the JSON of status). */
export type Evidence = "weak" | "ready";

const STATUS_CODE = "curl -sk -o /dev/null -w '%{http_code}\\n'";

/**
 * Every node's check to one expectation.
 * Shape: three proofs: the file of every node, whether its HAProxy is new, and what the nodes then see (`seen`).
 */
export function checkStep(fleet: Fleet, expect: FleetCheck["expect"], why: readonly string[], seen: Proof): Step {
  const codes = expect === "migrate" ? "200,401" : String(expect);
  const grep = `grep -qE 'http-check expect status ${codes}( |\\$)' /etc/haproxy/haproxy.cfg`;
  const seconds = Math.ceil((fleet.check.intervalMs * fleet.check.fall) / 1000) + 2;
  return {
    title: `HAProxy takes ${expect === "migrate" ? "both answers" : `${expect} only`}, on every node`,
    why: [
      ...why,
      `Wait ${seconds} s before the proofs: a new HAProxy begins with every master UP, and its first checks decide.`,
    ],
    parts: [
      {
        run: [
          `# in the fleet file: check: { expect: ${expect} }`,
          "k3s-lb generate haproxy          # or: k3s-lb generate ansible; bring it to every node the way you always do",
          "haproxy -c -f /etc/haproxy/haproxy.cfg && systemctl reload haproxy          # on each node",
        ],
        proof: [
          { command: onNodes(grep), answer: "nothing" },
          {
            command: `k3s-lb status -o json | jq '[.problems[] | select(.kind == "node-restarted") | .nodes[]] | length'`,
            answer: `${fleet.nodes.length}, all nodes, within ten minutes of the reload; fewer: that many were reloaded`,
          },
          seen,
        ],
      },
    ],
  };
}

/** Runs a command on every node, which names those where it fails. */
export function onNodes(command: string): string {
  return `for node in $NODES; do ssh "$node" "${command}" || echo "$node: not yet"; done`;
}

/** All masters in service on every node, by the view of all nodes. */
export function allUp(): Proof {
  return { command: `k3s-lb status -o json | jq 'all(.masters[]; .verdict == "up")'`, answer: "true" };
}

/** All masters in service, and all with this answer to their checks. */
export function allWith(evidence: Evidence): Proof {
  const command = `k3s-lb status -o json | jq 'all(.masters[]; .verdict == "up" and .check == "${evidence}")'`;
  return { command, answer: "true" };
}

/** One master, taken out of service, changed, proved, and put back. `change` are the commands on it. */
export function masterStep(fleet: Fleet, master: Master, code: 200 | 401, change: readonly string[]): Step {
  const name = masterWord(master.name);
  const isOnly = fleet.masters.length === 1;
  const drain: Part = {
    run: [`k3s-lb drain --reason '${code === 200 ? "401 to 200" : "200 to 401"}' --for 1h --grace 60s --kill ${name}`],
    proof: [ofMaster(name, "[.verdict, .sessions]", '["drained",0]')],
  };
  const enable: Part = {
    run: isOnly ? [] : [`k3s-lb enable --wait ${name}`],
    proof: [ofMaster(name, "[.verdict, .check]", `["up","${code === 200 ? "ready" : "weak"}"]`)],
  };
  return {
    title: cleanText(`${master.name} (${master.address})`),
    why: [
      isOnly
        ? "The only master: the API is away while k3s restarts, and nothing can take its place."
        : "Not the next master before this one is back.",
    ],
    parts: [...(isOnly ? [] : [drain]), changePart(master, code, change), enable],
  };
}

function changePart({ address }: Master, code: 200 | 401, change: readonly string[]): Part {
  const there = `# on ${parseHostPort(address)?.host ?? address}`;
  return {
    run: [`${there}:`, ...change, "systemctl restart k3s"],
    proof: [
      { command: `k3s kubectl get --raw /readyz          ${there}`, answer: "ok" },
      { command: `${STATUS_CODE} https://127.0.0.1:6443/readyz          ${there}`, answer: String(code) },
      {
        command: `${STATUS_CODE} ${shellWord(`https://${address}/readyz`)}          # on a node`,
        answer: String(code),
      },
    ],
  };
}

function ofMaster(word: string, wanted: string, answer: string): Proof {
  return { command: `k3s-lb status -o json ${word} | jq -c '.masters[0] | ${wanted}'`, answer };
}

/** A master's name as an argument; one that begins with a dash is no flag. */
function masterWord(name: string): string {
  return name.startsWith("-") ? `-- ${shellWord(name)}` : shellWord(name);
}
