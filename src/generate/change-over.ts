import { changeOverFix } from "../domain/change-over.ts";
import type { Fleet } from "../domain/inventory.ts";
import { shellWord } from "../domain/shell-word.ts";
import { cleanText } from "../domain/text.ts";
import { formatSteps, type Proof, type Step } from "./change-over-step.ts";
import { allUp, allWith, checkStep, masterStep, onNodes } from "./change-over-steps.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { generateK3s } from "./k3s.ts";
import { roleRestore } from "./rbac.ts";

/**
 * The change of the check from 401 to 200 and back, as numbered steps with a proof each.
 * Shape: plain text. With `check.cert` the masters stay as they are, and the nodes get a certificate in between.
 * Source: haproxy-facts §9 (a master that answers 200 where 401 is expected is DOWN at once, on every node).
 */
export function generateChangeOver(input: GenerateInput): readonly GeneratedFile[] {
  const { fleet } = input;
  const { cert } = fleet.check;
  const [forth, back] =
    cert === undefined ? [openForth(input), openBack(fleet)] : [certificateForth(fleet, cert), certificateBack(fleet)];
  const text = [
    introduction(fleet),
    `FROM 401 TO 200\n\n${formatSteps(forth)}`,
    `BACK, FROM 200 TO 401\n\n${formatSteps(back)}`,
  ].join("\n");
  return [{ path: "change-over.txt", text, check: undefined, comment: undefined }];
}

function introduction({ cluster, masters, nodes }: Fleet): string {
  const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `The change-over of ${cleanText(cluster)}: ${many(masters.length, "master")}, ${many(nodes.length, "node")}

The order: ${changeOverFix}.
Any other takes masters out of service: where HAProxy expects 401, a master that answers 200 is DOWN, at once and on
every node; and the other way round.

Each step ends with its proof. Where that answers anything else, stop: after every step the fleet serves as it is, and
the way back stands below. Commands run where k3s-lb, jq, kubectl and ssh to the nodes are, but for those marked otherwise,
with this (the nodes of the fleet file as ssh takes them; the logins there must be able to read HAProxy's files):

      NODES=${shellWord(nodes.map(({ ssh, address }) => ssh ?? address).join(" "))}
`;
}

function before(): Step {
  return {
    title: "Before",
    why: ["Begin with a healthy fleet, and without a drain that somebody else has made."],
    parts: [{ run: ["k3s-lb doctor", "k3s-lb status"], proof: [allUp()] }],
  };
}

function migrate(fleet: Fleet, why: string): Step {
  return checkStep(fleet, "migrate", [why], allUp());
}

function openForth(input: GenerateInput): readonly Step[] {
  const { fleet } = input;
  // generate writes them into the folder k3s, laid out as they lie below /etc/rancher/k3s.
  const install = generateK3s({ ...input, fleet: { ...fleet, check: { ...fleet.check, expect: "migrate" } } })
    .map(({ path }) => path.replace(/^k3s\//, ""))
    .map((path) => `install -D -m 600 k3s/${path} /etc/rancher/k3s/${path}`);
  return [
    before(),
    migrate(fleet, "A node that is forgotten here loses every master that is changed below."),
    {
      title: "The files for the masters",
      why: [
        "Read their comments: they say which k3s they need, and what may stand in their way. Where a master has an",
        "authentication.yaml of yours already, add the part `anonymous` to it instead.",
      ],
      parts: [{ run: ["k3s-lb generate k3s -O .          # then bring the folder k3s to every master"], proof: [] }],
    },
    ...fleet.masters.map((master) => masterStep(fleet, master, 200, install)),
    {
      title: "RBAC: anonymous users see the paths of health and nothing else",
      why: ["Not before all masters are changed, so that a failure has one cause only."],
      parts: [
        {
          run: ["k3s-lb generate rbac -O .", "kubectl replace -f rbac.yaml"],
          proof: [anonymousMay("/readyz", "yes"), anonymousMay("/version", "no"), allWith("ready")],
        },
      ],
    },
    tighten(fleet),
  ];
}

function openBack(fleet: Fleet): readonly Step[] {
  const remove = ["rm -f /etc/rancher/k3s/config.yaml.d/k3s-lb.yaml /etc/rancher/k3s/authentication.yaml"];
  return [
    migrate(fleet, "First of all, here too: where 200 is expected, a master that answers 401 is DOWN."),
    ...fleet.masters.map((master) => masterStep(fleet, master, 401, remove)),
    {
      title: "RBAC as Kubernetes has it",
      why: ["Not needed, as nobody anonymous is let in any more. It makes the role follow new releases again."],
      parts: [{ run: [roleRestore()], proof: [anonymousMay("/version", "yes")] }],
    },
    loosen(fleet),
  ];
}

function tighten(fleet: Fleet): Step {
  const why =
    "From now on UP means ready. Not before the last proof above: a master that still answers 401 would be DOWN.";
  return checkStep(fleet, 200, [why], allWith("ready"));
}

function loosen(fleet: Fleet): Step {
  return checkStep(
    fleet,
    401,
    ["Not before every master answers 401 again: one that answers 200 would be DOWN."],
    allWith("weak"),
  );
}

function anonymousMay(path: string, answer: string): Proof {
  return { command: `kubectl auth can-i get ${path} --as=system:anonymous --as-group=system:unauthenticated`, answer };
}

function certificateForth(fleet: Fleet, cert: string): readonly Step[] {
  const pem = shellWord(cert);
  const asked = fleet.masters.map(({ address }) => ({
    command: `curl -sk -o /dev/null -w '%{http_code}\\n' --cert ${pem} ${shellWord(`https://${address}/readyz`)}          # on a node`,
    answer: "200",
  }));
  return [
    before(),
    {
      title: "The certificate, on every node",
      why: ["The masters stay as they are: they answer 200 to a certificate that k3s has issued."],
      parts: [
        {
          run: [
            "k3s-lb generate k3s -O .          # then bring k3s-lb-check-pem.sh to every node",
            "sh k3s-lb-check-pem.sh          # on each node, and daily from then on",
          ],
          proof: [
            { command: onNodes(`openssl x509 -noout -checkend 2592000 -in ${pem} >/dev/null`), answer: "nothing" },
            ...asked,
          ],
        },
      ],
    },
    migrate(fleet, "With check.cert in the fleet file HAProxy shows the certificate from here on."),
    {
      title: "Wait until every master is ready from every node",
      why: ["A node whose certificate is not taken still sees 401, which `migrate` bears and the next step does not."],
      parts: [{ run: [], proof: [allWith("ready")] }],
    },
    tighten(fleet),
  ];
}

function certificateBack(fleet: Fleet): readonly Step[] {
  const without = checkStep(
    fleet,
    "migrate",
    ["The same with check.cert taken out of the fleet file."],
    allWith("weak"),
  );
  return [
    migrate(fleet, "First of all, here too: where 200 is expected, a master that answers 401 is DOWN."),
    { ...without, title: "HAProxy shows no certificate any more, on every node" },
    loosen(fleet),
  ];
}
