import { groupName, groupNodes, type NodeGroup } from "../domain/node-groups.ts";
import { sharedPrefix } from "../output/short-names.ts";
import { groupColumns, groupWords, worstGroupsFirst } from "./group-columns.ts";
import { type DrawnList, drawList } from "./list.ts";
import { matrixModes } from "./matrix-cell.ts";
import { nodeColumns, nodeWords } from "./node-columns.ts";
import { worstFirst } from "./node-order.ts";
import { ownTable } from "./own-table.ts";
import type { FrameInput } from "./picture.ts";
import { placeText } from "./rule.ts";
import { nodesScope } from "./scope.ts";
import { type Place, topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";

/** The lower part of the fleet's screen: its list, its title, and what its row under the cursor is and leads to. */
export type NodesPane = {
  readonly drawn: DrawnList<unknown>;
  readonly title: string;
  readonly target: Place | undefined;
  readonly reach: Pick<Sight, "row" | "scope">;
};

type Room = { readonly height: number; readonly roomy: boolean; readonly masterPrefix: string };

/** The nodes, or the groups that they form. */
export function drawNodesPane(input: FrameInput, room: Room): NodesPane {
  const { group } = input.screen;
  return group === undefined ? drawNodes(input, room) : drawGroups(input, room, group);
}

function drawNodes(
  { facts, fleet, look, screen, size, view }: FrameInput,
  { height, masterPrefix, roomy }: Room,
): NodesPane {
  const level = topLevel(screen);
  const names = view.nodes.map(({ name }) => name);
  const prefix = roomy ? sharedPrefix(names) : "";
  const drawn = drawList(
    {
      pane: "nodes",
      rows: worstFirst(view),
      ...ownTable(
        screen,
        "nodes",
        nodeColumns({
          masters: view.masters,
          masterPrefix,
          nodePrefix: prefix,
          nodeNameWidth: names.reduce((width, name) => Math.max(width, name.length - prefix.length), 0),
          expect: fleet.check.expect,
          glyphs: look.glyphs,
          mode: screen.mode,
          wallMs: facts.wallMs,
        }),
      ),
      idOf: ({ name }) => name,
      wordsOf: nodeWords,
      arrangedBy: screen.mode,
      isMarked: ({ name }) => screen.marks.nodes.has(name),
    },
    level,
    level.pane === "nodes",
    { columns: size.columns, height },
    look,
  );
  const mode = matrixModes.find((one) => one.mode === screen.mode)?.words ?? "";
  const name = drawn.selectedRow?.name;
  const row = name === undefined ? undefined : ({ kind: "node", name } as const);
  return {
    drawn,
    title: `nodes${prefix === "" ? "" : ` ${prefix}*`}${placeText(drawn)}${mode === "" ? "" : `: ${mode}`}`,
    target: name === undefined ? undefined : { kind: "node", id: name },
    reach: { row, scope: row === undefined ? undefined : nodesScope(view, screen.marks, row, undefined) },
  };
}

function drawGroups(
  { look, screen, size, view }: FrameInput,
  { height, masterPrefix }: Room,
  label: string,
): NodesPane {
  const level = topLevel(screen);
  const drawn = drawList<NodeGroup>(
    {
      pane: "nodes",
      rows: worstGroupsFirst(groupNodes(view.nodes, label), view.masters),
      ...ownTable(screen, "groups", groupColumns({ masters: view.masters, masterPrefix, label, glyphs: look.glyphs })),
      idOf: groupName,
      wordsOf: groupWords,
    },
    level,
    level.pane === "nodes",
    { columns: size.columns, height },
    look,
  );
  const group = drawn.selectedRow;
  const nodes = group?.nodes.map(({ name }) => name);
  const choices = view.masters.map(({ name }) => name);
  return {
    drawn,
    title: `nodes by ${label}${placeText(drawn)}`,
    target: group === undefined ? undefined : { kind: "group", id: groupName(group) },
    reach: {
      row: undefined,
      scope: nodes === undefined ? undefined : { masters: [], isChosen: false, nodes, choices },
    },
  };
}
