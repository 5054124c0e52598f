import { formatHaproxyVersion } from "../domain/haproxy-version.ts";
import type { GenerateInput } from "./generate-input.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { neededOfGlobal } from "./haproxy-global.ts";
import { haproxySections } from "./haproxy-sections.ts";
import { haproxyText } from "./haproxy-text.ts";

/**
 * The haproxy.cfg of one node, or of all where they do not differ.
 * Shape: the same input gives the same bytes. Errors: as `haproxySections`.
 */
export function generateHaproxy(input: GenerateInput): readonly GeneratedFile[] {
  const text = `${header(input).join("\n")}\n\n${haproxyText(haproxySections(input))}`;
  return [{ path: "haproxy.cfg", text, check: "haproxy", comment: "#" }];
}

function header(input: GenerateInput): readonly string[] {
  const { fleet, node, sectionsOnly, version } = input;
  const whose = node === undefined ? "every node" : `node ${node.name}`;
  const made = [
    `# Made by k3s-lb generate haproxy from the fleet file of ${fleet.cluster}, for ${whose} and HAProxy ${formatHaproxyVersion(version)} or newer.`,
    "# Change the fleet file and make it anew. Each fix of a known defect has one comment, with the way to leave it out.",
  ];
  if (!sectionsOnly) return made;
  const needed = neededOfGlobal(input).map(({ words }) => `#   ${words.join(" ")}`);
  return [
    ...made,
    "# These sections bring all else that they need, but this has to stand in the file's global section:",
    ...needed,
  ];
}
