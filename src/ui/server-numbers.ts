import { formatAge, formatCount } from "../domain/ages.ts";
import { formatByteRate, type Rates, ratesOf } from "../domain/rates.ts";
import type { StatsRow } from "../domain/stats.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { formatPerSecond } from "../output/per-second.ts";
import type { DraftColumn } from "./own-table.ts";
import type { ServerLine } from "./server-columns.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";

/** What waits, and what runs a second. Bytes show by themselves where there is room for them. */
export function rateColumns(isWide: boolean): readonly DraftColumn<ServerLine>[] {
  return [
    counter("queue", 6, 20, ({ queue }) => queue),
    rate("rate", 6, 21, "sessionsPerSecond", formatPerSecond),
    { ...rate("in", 5, 7, "bytesInPerSecond", formatByteRate), isHidden: !isWide },
    { ...rate("out", 5, 7, "bytesOutPerSecond", formatByteRate), isHidden: !isWide },
  ];
}

/** What HAProxy has counted since it was started, and what a server is. */
export function counterColumns(glyphs: Glyphs): readonly DraftColumn<ServerLine>[] {
  return [
    {
      ...counter("downtime", 9, 22, ({ downtimeSeconds }) => downtimeSeconds),
      cell: ({ row }) => span(formatAge(milliseconds(row?.downtimeSeconds))),
    },
    counter("downs", 6, 23, ({ downTransitions }) => downTransitions),
    counter("errors", 7, 24, ({ connectErrors }) => connectErrors),
    counter("retries", 8, 25, ({ connectRetries }) => connectRetries),
    counter("redispatches", 7, 26, ({ redispatches }) => redispatches),
    counter("aborts", 7, 27, ({ serverAborts }) => serverAborts),
    counter("weight", 7, 28, ({ weight }) => weight),
    {
      id: "address",
      width: 21,
      drop: 29,
      cell: ({ row }) => span(shortenName(row?.address ?? "-", 21, glyphs.ellipsis)),
      order: byText(({ row }) => row?.address ?? ""),
    },
  ];
}

function counter(
  id: string,
  width: number,
  drop: number,
  of: (row: StatsRow) => number | undefined,
): DraftColumn<ServerLine> {
  const value = ({ row }: ServerLine) => (row === undefined ? undefined : of(row));
  return { id, align: "right", width, drop, cell: (line) => span(formatCount(value(line))), order: byNumber(value) };
}

/** "-" where HAProxy does not tell, or the node does not answer. */
function rate(
  id: string,
  width: number,
  drop: number,
  name: Exclude<keyof Rates, "areBytesFrozen">,
  format: (value: number | undefined) => string,
): DraftColumn<ServerLine> {
  const value = ({ node: { record }, old, row }: ServerLine) =>
    old || record === undefined || row === undefined ? undefined : ratesOf(record, row)[name];
  return { id, align: "right", width, drop, cell: (line) => span(format(value(line))), order: byNumber(value) };
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
