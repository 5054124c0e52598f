import { type NodeFacts, noPage, notInTime, readProcess, whyNotAsked } from "./doctor-facts.ts";
import { type Finding, sayOf } from "./doctor-finding.ts";
import { bugsOf, parseFullVersion } from "./haproxy-bugs.ts";
import { formatHaproxyVersion, type HaproxyVersion, isAtLeast, oldestHaproxyVersion } from "./haproxy-version.ts";

/** Which HAProxy runs there and what is known of it. `wanted` is `haproxy.version` of the fleet file. */
export function versionFindings(facts: NodeFacts, wanted: HaproxyVersion | undefined): readonly Finding[] {
  const say = sayOf("version");
  const text = readProcess(facts)?.version;
  if (text === undefined) return [unknownFinding(facts)];
  const version = parseFullVersion(text);
  if (version === undefined) return [say.note(`HAProxy says its version is ${text}, which k3s-lb does not know`)];
  const known = bugsOf(version).map((bug) => say[bug.verdict](bug.text, bug.fix));
  if (!isAtLeast(version, oldestHaproxyVersion)) {
    const oldest = formatHaproxyVersion(oldestHaproxyVersion);
    const old = `HAProxy ${text} is older than ${oldest}, the oldest that k3s-lb was tried with`;
    return [say.warning(old, `Run HAProxy ${oldest} or later.`), ...known];
  }
  return [fleetFileFinding(text, version, wanted), ...known];
}

function fleetFileFinding(text: string, version: HaproxyVersion, wanted: HaproxyVersion | undefined): Finding {
  const say = sayOf("version");
  if (wanted === undefined || formatHaproxyVersion(wanted) === formatHaproxyVersion(version)) {
    return say.ok(`HAProxy ${text}`);
  }
  const series = formatHaproxyVersion(wanted);
  const correct = `Set \`haproxy.version: "${formatHaproxyVersion(version)}"\` in the fleet file, or bring the node to ${series}.`;
  return isAtLeast(version, wanted)
    ? say.note(`HAProxy ${text}, though \`haproxy.version\` of the fleet file is ${series}`, correct)
    : say.warning(`HAProxy ${text} may refuse what is generated for ${series}, as the fleet file says`, correct);
}

function unknownFinding(facts: NodeFacts): Finding {
  const say = sayOf("version");
  const why = whyNotAsked(facts);
  if (why !== undefined) return say.skipped(why);
  if (facts.metrics === undefined) return say.skipped(notInTime(facts.limitMs));
  // A refused password, or another service: what the stats section lacks is not the question then.
  if (facts.page?.ok === false) return say.skipped(noPage);
  return say.skipped(
    "neither /metrics nor the page tells it",
    "Add `http-request use-service prometheus-exporter if { path /metrics }` to the stats section, or ask on the node: haproxy -v.",
  );
}
