import type { LintFinding, LintRuleText } from "../domain/lint-report.ts";

/** What a SARIF log says beside the findings. `uriOf` turns a file's name into its address, relative where it can be. */
export type SarifNames = {
  readonly rules: readonly LintRuleText[];
  readonly toolVersion: string;
  uriOf(file: string): string;
};

/**
 * `-o sarif`: a log as code hosts read it.
 * Shape: findings that a comment allows are results with a suppression, so that they can be reviewed.
 * Source: SARIF 2.1.0 (OASIS), §3.14 to §3.35.
 */
export function formatLintSarif(findings: readonly LintFinding[], names: SarifNames): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "k3s-lb", semanticVersion: names.toolVersion, rules: names.rules.map(toDescriptor) },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => toResult(finding, names)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function toDescriptor({ id, name, severity, finds, reason, fix }: LintRuleText): object {
  return {
    id,
    name: name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${sentence(finds)}.` },
    fullDescription: { text: `${sentence(reason)}.` },
    help: { text: `Write: ${fix}` },
    defaultConfiguration: { level: severity },
  };
}

function toResult(
  { id, severity, file, line, section, text, reason, fix, allowed }: LintFinding,
  { rules, uriOf }: SarifNames,
): object {
  const uri = uriOf(file);
  const isRelative = !/^[a-z]+:/.test(uri);
  return {
    ruleId: id,
    ruleIndex: rules.findIndex((rule) => rule.id === id),
    level: severity,
    message: { text: `${sentence(text)}. ${sentence(reason)}. Write: ${fix}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: isRelative ? { uri, uriBaseId: "%SRCROOT%" } : { uri },
          region: { startLine: line },
        },
        ...(section === "" ? {} : { logicalLocations: [{ fullyQualifiedName: section, kind: "object" }] }),
      },
    ],
    ...(allowed === undefined ? {} : { suppressions: [{ kind: "inSource", justification: allowed }] }),
  };
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
