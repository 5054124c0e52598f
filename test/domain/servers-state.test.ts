import { describe, expect, it } from "vitest";
import { parseServersState, revealAdmin } from "../../src/domain/servers-state.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import { captured } from "../support/captured.ts";

const header =
  "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change";

/** What 2.6.12 says, cut after the columns that matter; `bits` for each server. */
function answer(bits: Readonly<Record<string, number>>, backend = "k8s-de1-kube-api"): string {
  const lines = Object.entries(bits).map(
    ([name, admin], i) => `4 ${backend} ${i + 1} ${name} 10.8.0.${i} 0 ${admin} 1 1 77`,
  );
  return ["1", header, ...lines, ""].join("\n");
}

describe("parseServersState", () => {
  it("reads the flags of each server line", () => {
    const none = {
      backend: "k8s-de1-kube-api",
      forcedMaint: false,
      inheritedMaint: false,
      configuredMaint: false,
      forcedDrain: false,
      inheritedDrain: false,
    };
    expect(parseServersState(answer({ m1: 0, m2: 8, m3: 1, m4: 22, m5: 36 }))).toEqual([
      { ...none, server: "m1" },
      { ...none, server: "m2", forcedDrain: true },
      { ...none, server: "m3", forcedMaint: true },
      { ...none, server: "m4", inheritedMaint: true, configuredMaint: true, inheritedDrain: true },
      { ...none, server: "m5", configuredMaint: true },
    ]);
  });

  it("leaves out a line that was cut off", () => {
    expect(parseServersState(`${answer({ m1: 8 })}4 k8s-de1-kube-api 2 m2 10.8`)).toHaveLength(1);
  });

  it.each(["", "\n", "Permission denied\n", "Unknown command\n", "2\n# other columns\n", "1\n# be_id be_name\n4 b\n"])(
    "takes %j for no such answer",
    (text) => {
      expect(parseServersState(text)).toBeUndefined();
    },
  );
});

describe("revealAdmin", () => {
  it("fills in what the status column hides, and changes nothing else", () => {
    const page = createStatsParser()(captured("haproxy-2.6.12-drain-and-down.csv"));
    if (!page.ok) throw new Error(page.reason);
    const bits =
      parseServersState(answer({ "k8s-de1-master-1": 1, "k8s-de1-master-2": 8, "k8s-de1-master-3": 8 })) ?? [];
    const before = page.rows
      .filter(({ type }) => type === "server")
      .map(({ name, status }) => [name, status.text, status.admin]);
    const after = revealAdmin(page.rows, bits)
      .filter(({ type }) => type === "server")
      .map(({ name, status }) => [name, status.text, status.admin]);
    const hidden = before.filter(([, , admin]) => admin === "unknown");
    expect(hidden.length).toBeGreaterThan(0);
    for (const [i, [name, text, admin]] of before.entries()) {
      const bit = name === "k8s-de1-master-1" ? "maint" : "drain";
      expect(after[i]).toEqual([name, text, admin === "unknown" ? bit : admin]);
    }
  });
});
