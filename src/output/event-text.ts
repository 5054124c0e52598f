import type { SettledEvent } from "../domain/settling.ts";
import { cleanText } from "../domain/text.ts";
import { eventWords } from "../domain/timeline.ts";
import type { FleetView } from "../domain/view.ts";
import { paint } from "./colour.ts";
import type { Style } from "./style.ts";
import { severityTone } from "./tone.ts";

type EventStyle = Pick<Style, "colour" | "glyphs">;

const textLimit = 2_000;

/** "14:02:11Z master-2 UP → DOWN on 12 nodes (node[01-12]): connection refused", the time that of its beginning. */
export function formatEvent({ event, severity, update }: SettledEvent, { colour, glyphs }: EventStyle): string {
  const words = cleanText(eventWords(event, glyphs.arrow), textLimit);
  const text = `${iso(event.firstMs).slice(11)} ${words}${update === 0 ? "" : " (update)"}`;
  return `${paint(text, severity === "OK" ? "plain" : severityTone(severity), colour)}\n`;
}

/** "2026-11-26T14:02:00Z WARNING k8s-de1: the summary": how the fleet stands, and the date of the times below it. */
export function formatState({ cluster, severity, summary }: FleetView, atMs: number, { colour }: EventStyle): string {
  const mark = paint(severity, severityTone(severity), colour);
  return `${iso(atMs)} ${mark} ${cluster}: ${cleanText(summary, textLimit)}\n`;
}

function iso(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
