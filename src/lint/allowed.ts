import type { CfgSection } from "../domain/cfg-file.ts";

/** `# k3s-lb: allow LB030, LB032 reason`: what is allowed in the section where the comment stands, or right above it. */
const ALLOW = /^k3s-lb:\s*allow\s+((?:LB\d{3}\b[\s,]*)+)(.*)$/is;

/** The reason of the comment that allows a finding in one of these sections; `undefined` where none does. */
export function allowedBy(id: string, sections: readonly CfgSection[]): string | undefined {
  for (const { comments } of sections) {
    for (const { text } of comments) {
      const [, ids = "", reason = ""] = ALLOW.exec(text) ?? [];
      if (ids.toUpperCase().includes(id)) return reason.replace(/^[:-]\s*/, "").trim();
    }
  }
  return undefined;
}
