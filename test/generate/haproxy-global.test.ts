import { describe, expect, it } from "vitest";
import { nodeOf } from "../support/fleet.ts";
import { inputOf } from "../support/generate-input.ts";
import { linesOf, linesWith } from "../support/haproxy-lines.ts";

describe("globalSection", () => {
  it("names the node that the file is for, in the letters that HAProxy takes", () => {
    const named = (name: string) =>
      linesWith(inputOf({ node: nodeOf(name) }), "global", "node ").filter((line) => /^node/.test(line));
    expect(named("edge-1.a_b")).toEqual(["node edge-1.a_b"]);
    expect(named("rack:7")).toEqual(["node rack_7"]);
    expect(linesWith(inputOf(), "global", "LB055")).toHaveLength(1);
  });

  it("takes the socket's path from the fleet file, quoted where it has to be", () => {
    const admin = { ...nodeOf("n1").admin, socket: "/run/ha#1.sock" };
    const lines = linesWith(inputOf({ node: nodeOf("n1", { admin }) }), "global", "stats socket");
    expect(lines).toEqual(["stats socket '/run/ha#1.sock' mode 660 level admin"]);
  });

  it("leaves out what the fleet file leaves out, and allows it", () => {
    const input = inputOf({ haproxy: { without: ["admin-socket", "ciphers", "state-file", "node-name"] } });
    const lines = linesOf(input, "global");
    expect(lines.filter((line) => line.startsWith("#")).map((line) => line.split(" ")[3])).toEqual([
      "LB020",
      "LB051",
      "LB052",
      "LB055",
    ]);
    expect(lines).toContain("stats socket /run/haproxy/admin.sock");
    expect(lines.filter((line) => /ciphers|state-file|^node/.test(line) && !line.startsWith("#"))).toEqual([]);
  });
});
