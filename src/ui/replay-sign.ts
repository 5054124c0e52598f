import type { ReplayState } from "../app/replayer.ts";

/** "REPLAY 2026-11-26 05:41:26 UTC 10x 12:03/1:00:00": what the status bar says of a replay. */
export function replaySign(state: ReplayState): string {
  const { isAtEnd, isPlaying, isSearching, lengthMs, lost, positionMs, speed, wallMs } = state;
  const moment = new Date(wallMs).toISOString().slice(0, 19).replace("T", " ");
  const how = isSearching ? "searching" : isAtEnd ? "the end" : isPlaying ? `${speed}x` : `paused, ${speed}x`;
  const damage = lost === 0 ? "" : ` ${lost} damaged`;
  return `REPLAY ${moment} UTC ${how} ${clockText(positionMs)}/${clockText(lengthMs)}${damage}`;
}

/** "12:03", "1:00:00". */
function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number) => String(part).padStart(2, "0");
  return hours === 0 ? `${minutes}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}
