import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNames } from "../../src/domain/fold.ts";
import { foundInInventory } from "../../src/init/ansible-found.ts";
import { parseInventory } from "../../src/init/ansible-inventory.ts";
import { fleetText } from "../../src/init/fleet-text.ts";
import { soundFound } from "../../src/init/sound-entries.ts";
import { readFleetText } from "../../src/io/fleet-file.ts";

/** Hosts of one line of an inventory, and what the line says of them. */
type Row = {
  readonly head: string;
  readonly first: number;
  readonly count: number;
  readonly host: string;
  readonly user: string;
  readonly site: string;
};

/** A name of digits is no address: hosts called so come with one. */
const withAddress = (row: Row): Row => (row.head === "1" && row.host === "" ? { ...row, host: "10.8.0.1" } : row);

const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc
    .record({
      head: fc.constantFrom("n", "node-", "r1-n", "x_", "1"),
      first: fc.nat(120),
      count: fc.integer({ min: 1, max: 12 }),
      host: fc.constantFrom("", "10.8.0.1", "fd00::7", "lb.example.org"),
      user: fc.constantFrom("", "root", "ops"),
      site: fc.constantFrom("", "a", "1e3", "y", "0x10", "no"),
    })
    .map(withAddress),
  { minLength: 1, maxLength: 8 },
);

/** As an operator writes it: a range in the name, variables in quotes. */
function ini(given: readonly Row[]): string {
  const lines = given.map(({ head, first, count, host, user, site }) => {
    const vars = [host && `ansible_host=${host}`, user && `ansible_user="${user}"`, site && `site="'${site}'"`];
    return [`${head}[${first}:${first + count - 1}]`, ...vars.filter(Boolean)].join(" ");
  });
  return `[k3s_master]\nm1\n[k3s_node]\n${lines.join("\n")}\n`;
}

/** The same as JSON, as `ansible-inventory --list` would give it. */
function list(given: readonly Row[]): string {
  const hostvars = new Map<string, Record<string, string>>([["m1", {}]]);
  for (const { head, first, count, host, user, site } of given) {
    for (let i = first; i < first + count; i++) {
      hostvars.set(`${head}${i}`, {
        ...hostvars.get(`${head}${i}`),
        ...(host && { ansible_host: host }),
        ...(user && { ansible_user: user }),
        ...(site && { site }),
      });
    }
  }
  const nodes = [...hostvars.keys()].filter((name) => name !== "m1");
  return JSON.stringify({
    _meta: { hostvars: Object.fromEntries(hostvars) },
    k3s_master: { hosts: ["m1"] },
    k3s_node: { hosts: nodes },
  });
}

/** What the other commands find in the file that is written of an inventory. */
function fleetOf(text: string) {
  const choices = { masterGroup: undefined, nodeGroup: undefined, labels: [{ variable: "site", label: "site" }] };
  const found = soundFound(foundInInventory(parseInventory([{ file: "hosts", text }]), "hosts", choices));
  const written = fleetText(found, { passwordVariable: "K3S_LB_PASSWORD" });
  return readFleetText(written, { path: "/k3s-lb.yaml", name: "k3s-lb.yaml", env: {} }).fleet.nodes;
}

describe("a fleet file made from an inventory", () => {
  it("has exactly the inventory's hosts, addresses, ways and labels, from INI and from JSON", () => {
    fc.assert(
      fc.property(rows, (given) => {
        const { _meta } = JSON.parse(list(given)) as { _meta: { hostvars: Record<string, Record<string, string>> } };
        const expected = Object.entries(_meta.hostvars)
          .map(([name, vars]) => {
            const address = vars["ansible_host"] ?? name;
            const user = vars["ansible_user"];
            return {
              name,
              address,
              ssh: user === undefined ? undefined : `${user}@${address}`,
              labels: vars["site"] === undefined ? {} : { site: vars["site"] },
            };
          })
          .sort((a, b) => compareNames(a.name, b.name));
        for (const text of [ini(given), list(given)]) {
          const nodes = fleetOf(text).map(({ name, address, ssh, labels }) => ({ name, address, ssh, labels }));
          expect(nodes.sort((a, b) => compareNames(a.name, b.name))).toEqual(expected);
        }
      }),
    );
  });
});
