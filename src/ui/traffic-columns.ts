import { formatByteRate } from "../domain/rates.ts";
import type { Traffic } from "../domain/traffic.ts";
import { formatPerSecond } from "../output/per-second.ts";
import type { DraftColumn } from "./own-table.ts";
import { span } from "./spans.ts";
import { byNumber } from "./table.ts";

type Rate = Exclude<keyof Traffic, "areBytesFrozen" | "changedAgoMs" | "downtimeMs">;

/** Bad news in themselves: somebody waits, or is sent elsewhere. */
const failing: readonly { readonly id: string; readonly rate: Rate; readonly width: number }[] = [
  { id: "errors", rate: "connectErrorsPerSecond", width: 6 },
  { id: "retries", rate: "retriesPerSecond", width: 8 },
  { id: "redispatches", rate: "redispatchesPerSecond", width: 8 },
  { id: "aborts", rate: "abortsPerSecond", width: 8 },
  { id: "queue", rate: "queue", width: 6 },
];

/** The columns of what runs to masters; none of them is shown until it is chosen. */
export function trafficColumns<Row>(trafficOf: (row: Row) => Traffic): readonly DraftColumn<Row>[] {
  const column = (id: string, rate: Rate, width: number, drop: number, text: DraftColumn<Row>["cell"]) =>
    ({
      id,
      align: "right",
      width,
      drop,
      cell: text,
      order: byNumber((row) => trafficOf(row)[rate]),
    }) satisfies DraftColumn<Row>;
  const bytes = (id: string, rate: Rate, drop: number) =>
    column(id, rate, 6, drop, (row) => {
      const { areBytesFrozen, [rate]: value } = trafficOf(row);
      return span(`${areBytesFrozen && value !== undefined ? ">" : ""}${formatByteRate(value)}`);
    });
  return [
    column("rate", "sessionsPerSecond", 6, 20, (row) => span(formatPerSecond(trafficOf(row).sessionsPerSecond))),
    bytes("in", "bytesInPerSecond", 21),
    bytes("out", "bytesOutPerSecond", 22),
    ...failing.map(({ id, rate, width }, index) =>
      column(id, rate, width, 23 + index, (row) => {
        const value = trafficOf(row)[rate];
        return value === 0 ? span(".", "muted") : span(formatPerSecond(value), value === undefined ? "plain" : "warn");
      }),
    ),
  ];
}

/** Remembers what was made of each row while one frame is drawn: an order asks for each again and again. */
export function once<Row extends object, Value>(make: (row: Row) => Value): (row: Row) => Value {
  const made = new Map<Row, Value>();
  return (row) => {
    const known = made.get(row);
    if (known !== undefined) return known;
    const value = make(row);
    made.set(row, value);
    return value;
  };
}
