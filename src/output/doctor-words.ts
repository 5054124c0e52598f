import type { DoctorVerdict } from "../domain/doctor-finding.ts";
import type { Diagnosis } from "../domain/doctor-judge.ts";
import type { Tone } from "./tone.ts";

const tones: Readonly<Record<DoctorVerdict, Tone>> = {
  ok: "good",
  note: "info",
  warning: "warn",
  critical: "bad",
  skipped: "muted",
};

export function doctorTone(verdict: DoctorVerdict): Tone {
  return tones[verdict];
}

/** The whole in one line: "4 nodes: 1 critical, 2 warnings, 3 notes, 40 ok, 5 not seen". */
export function summaryWords({ nodes, counts }: Diagnosis): string {
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const parts = [
    ...(counts.critical === 0 ? [] : [`${counts.critical} critical`]),
    ...(counts.warning === 0 ? [] : [plural(counts.warning, "warning")]),
    ...(counts.note === 0 ? [] : [plural(counts.note, "note")]),
    `${counts.ok} ok`,
    ...(counts.skipped === 0 ? [] : [`${counts.skipped} not seen`]),
  ];
  return `${plural(nodes.length, "node")}: ${parts.join(", ")}`;
}
