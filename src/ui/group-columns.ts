import { formatCount } from "../domain/ages.ts";
import { groupCell, groupName, type NodeGroup } from "../domain/node-groups.ts";
import { trafficOf } from "../domain/traffic.ts";
import type { MasterView } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { cellTone, nodeTone, type Tone } from "../output/tone.ts";
import { masterColumnId } from "./column-table.ts";
import { calmTone } from "./master-columns.ts";
import { stateRanks } from "./matrix-cell.ts";
import { nodeSessions, stateText } from "./node-columns.ts";
import { badness } from "./node-order.ts";
import type { DraftColumn } from "./own-table.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";
import { once, trafficColumns } from "./traffic-columns.ts";

/** What the columns of groups depend on beside the group. */
export type GroupContext = {
  readonly masters: readonly MasterView[];
  readonly masterPrefix: string;
  readonly label: string;
  readonly glyphs: Glyphs;
};

const nameWidth = 18;

/** The matrix by groups: how many nodes answer, and of every master the worst that they say. */
export function groupColumns({
  glyphs,
  label,
  masterPrefix,
  masters,
}: GroupContext): readonly DraftColumn<NodeGroup>[] {
  const note = once((group: NodeGroup) => noteSpan(group, masters));
  return [
    {
      id: "group",
      title: label.toUpperCase().slice(0, nameWidth),
      width: nameWidth,
      drop: 0,
      isName: true,
      cell: (group) => span(shortenName(group.value ?? groupName(group), nameWidth, glyphs.ellipsis)),
      order: byText(groupName),
    },
    {
      id: "nodes",
      align: "right",
      width: 6,
      drop: 1,
      cell: ({ nodes }) => span(String(nodes.length)),
      order: byNumber(({ nodes }) => nodes.length),
    },
    {
      id: "fresh",
      align: "right",
      width: 5,
      drop: 0,
      cell: (group) => {
        const count = okCount(group);
        return span(String(count), count === group.nodes.length ? "plain" : "warn");
      },
      order: byNumber((group) => group.nodes.length - okCount(group)),
    },
    ...masters.map(({ name }, index): DraftColumn<NodeGroup> => {
      const title = shortenName(name.slice(masterPrefix.length), 12, glyphs.ellipsis);
      return {
        id: masterColumnId(name),
        title,
        width: Math.max(5, title.length + 1),
        drop: 0,
        cell: (group) => masterCell(group, index, glyphs),
        order: byNumber((group) => masterRank(group, index)),
      };
    }),
    {
      id: "sessions",
      align: "right",
      width: 6,
      drop: 18,
      cell: (group) => span(formatCount(groupSessions(group))),
      order: byNumber(groupSessions),
    },
    ...trafficColumns(once(({ nodes }: NodeGroup) => trafficOf(nodes))),
    { id: "note", title: "", width: 8, drop: 4, grow: true, cell: note, order: byText((group) => note(group).text) },
  ];
}

/** Everything that a filter can find a group by. */
export function groupWords(group: NodeGroup): string {
  return [groupName(group), ...group.nodes.map(({ name }) => name)].join(" ");
}

/** Worst first, as nodes are. */
export function worstGroupsFirst(groups: readonly NodeGroup[], masters: readonly MasterView[]): readonly NodeGroup[] {
  const rank = ({ nodes }: NodeGroup) => Math.min(...nodes.map((node) => badness(node, masters)));
  return groups
    .map((group) => ({ group, rank: rank(group) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ group }) => group);
}

function okCount({ nodes }: NodeGroup): number {
  return nodes.filter(({ state, usableMasters }) => state === "fresh" && usableMasters !== 0).length;
}

/** Of nodes that answer; old values are no sessions. */
function groupSessions({ nodes }: NodeGroup): number | undefined {
  const known = nodes.flatMap((node) => (node.state === "fresh" ? (nodeSessions(node) ?? []) : []));
  return known.length === 0 ? undefined : known.reduce((sum, sessions) => sum + sessions, 0);
}

/** The worst state first, then the number of nodes that say so. */
function masterRank(group: NodeGroup, index: number): number {
  const { count, state } = groupCell(group, index);
  return stateRanks[state] * 1e6 + (state === "up" ? 0 : count);
}

/** "✓" where all agree; else the worst mark and on how many nodes. */
function masterCell(group: NodeGroup, index: number, glyphs: Glyphs): { text: string; tone: Tone } {
  const { count, of, state } = groupCell(group, index);
  const mark = glyphs.cell[state];
  return span(count === of ? mark : `${mark}${count}`, calmTone(cellTone(state)));
}

/** The worst node of the group, where it is not well. */
function noteSpan({ nodes }: NodeGroup, masters: readonly MasterView[]): { text: string; tone: Tone } {
  const [worst] = nodes.toSorted((a, b) => badness(a, masters) - badness(b, masters));
  if (worst === undefined || stateText(worst) === "ok") return span("");
  return span(`${worst.name}: ${stateText(worst)}`, calmTone(nodeTone(worst)));
}
