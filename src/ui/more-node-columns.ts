import { formatAge, formatDuration } from "../domain/ages.ts";
import type { NodeView } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import type { DraftColumn } from "./own-table.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";

const textWidth = 21;

/** What is known of a node beside the masters; none of it is shown until it is chosen. Units: `wallMs` Unix time. */
export function moreNodeColumns({
  glyphs,
  wallMs,
}: {
  readonly glyphs: Glyphs;
  readonly wallMs: number;
}): readonly DraftColumn<NodeView>[] {
  const text = (id: string, width: number, drop: number, textOf: (node: NodeView) => string) =>
    ({
      id,
      width,
      drop,
      cell: (node) => span(shortenName(textOf(node), width, glyphs.ellipsis)),
      order: byText(textOf),
    }) satisfies DraftColumn<NodeView>;
  const number = (
    id: string,
    width: number,
    drop: number,
    format: (value: number | undefined) => string,
    of: (node: NodeView) => number | undefined,
  ) =>
    ({
      id,
      align: "right",
      width,
      drop,
      cell: (node) => span(format(of(node))),
      order: byNumber(of),
    }) satisfies DraftColumn<NodeView>;
  return [
    text("address", textWidth, 31, ({ address }) => address),
    text("version", textWidth, 32, ({ version }) => version ?? "-"),
    number("uptime", 7, 33, formatAge, (node) => uptimeMs(node, wallMs)),
    number("age", 5, 34, formatAge, ({ ageMs }) => ageMs),
    number("poll", 6, 35, formatDuration, ({ record }) => record?.good?.durationMs),
    text("source", 7, 36, ({ source }) => source ?? "-"),
    text("labels", textWidth, 37, labelText),
  ];
}

/** The node's clock may go before ours. */
function uptimeMs({ record }: NodeView, wallMs: number): number | undefined {
  const started = record?.process?.startedAtSeconds;
  return started === undefined ? undefined : Math.max(0, wallMs - started * 1000);
}

function labelText({ labels }: NodeView): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return text.length === 0 ? "-" : text.join(",");
}
