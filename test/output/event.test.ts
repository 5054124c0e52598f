import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { SettledEvent } from "../../src/domain/settling.ts";
import { formatEventLine, toChangeEvent, toStateEvent } from "../../src/output/event-json.ts";
import { eventJsonSchema } from "../../src/output/event-schema.ts";
import { formatEvent, formatState } from "../../src/output/event-text.ts";
import { ASCII_GLYPHS, UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { aTroubledFleetView } from "../support/fleet-view.ts";

const firstMs = Date.UTC(2026, 10, 26, 14, 2, 11);
const settled: SettledEvent = {
  event: {
    id: 3,
    kind: "master",
    master: "master-2",
    from: "up",
    to: "down",
    nodes: Array.from({ length: 12 }, (_, i) => `node${String(i + 1).padStart(2, "0")}`),
    cause: "connection refused",
    firstMs,
    lastMs: firstMs + 1500,
    flaps: 0,
  },
  severity: "CRITICAL",
  update: 0,
};
const origin = { cluster: "k8s-de1", run: "5e0c41aa" };
const plain = { colour: false, glyphs: UTF8_GLYPHS };

const validate = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(eventJsonSchema());

describe("formatEvent", () => {
  it("is one line with the time of the beginning", () => {
    const line = "14:02:11Z master-2 UP → DOWN on 12 nodes (node[01-12]): connection refused";
    expect(formatEvent(settled, plain)).toBe(`${line}\n`);
    expect(formatEvent({ ...settled, update: 2 }, plain)).toBe(`${line} (update)\n`);
  });

  it("is coloured by its severity, and calm where nothing is wrong", () => {
    const colour = { colour: true, glyphs: ASCII_GLYPHS };
    expect(formatEvent(settled, colour)).toMatch(/^\u001b\[1;31m14:02:11Z master-2 UP -> DOWN .*\u001b\[0m\n$/);
    expect(formatEvent({ ...settled, severity: "OK" }, colour)).not.toContain("\u001b");
  });

  it("lets no name and no cause write to the terminal", () => {
    const event = { ...settled.event, master: "m\u001b[2J\n2", nodes: ["n\u202e1"], cause: "x\u009b31m\r\ny" };
    expect(formatEvent({ ...settled, event }, plain)).toBe("14:02:11Z m[2J 2 UP → DOWN on n1: x31m y\n");
  });
});

describe("formatState", () => {
  it("is how the fleet stands, with the date", () => {
    expect(formatState(aTroubledFleetView(), firstMs, plain)).toBe(
      "2026-11-26T14:02:11Z WARNING k8s-de1: k8s-de1-master-2 is down on node03 only; node04 does not answer\n",
    );
  });
});

describe("the Event", () => {
  it("says all of it, with an id that tells one run from another", () => {
    const event = toChangeEvent(settled, origin);
    expect(event).toEqual({
      apiVersion: "k3s-lb/v1",
      kind: "Event",
      event: "change",
      cluster: "k8s-de1",
      id: "5e0c41aa-3",
      update: 0,
      at: "2026-11-26T14:02:11.000Z",
      until: "2026-11-26T14:02:12.500Z",
      type: "master",
      severity: "CRITICAL",
      master: "master-2",
      from: "up",
      to: "down",
      nodes: settled.event.nodes,
      cause: "connection refused",
      flaps: 0,
      text: "master-2 UP → DOWN on 12 nodes (node[01-12]): connection refused",
    });
    expect(validate(event)).toBe(true);
  });

  it("has null for what there is not", () => {
    const restart = { ...settled.event, kind: "restart", master: undefined, from: undefined, to: undefined } as const;
    const event = toChangeEvent({ ...settled, event: { ...restart, cause: undefined } }, origin);
    expect(event).toMatchObject({ type: "restart", master: null, from: null, to: null, cause: null });
    expect(validate(event)).toBe(true);
  });

  it("is one line, whatever a name holds", () => {
    const event = { ...settled.event, master: "a\nb" };
    expect(formatEventLine(toChangeEvent({ ...settled, event }, origin)).match(/\n/g)).toHaveLength(1);
  });

  it("tells the state at the beginning", () => {
    const state = toStateEvent(aTroubledFleetView(), firstMs);
    expect(state).toMatchObject({ event: "state", severity: "WARNING", at: "2026-11-26T14:02:11.000Z" });
    expect(state.problems).toEqual([
      "k8s-de1-master-2 is down on node03 only",
      "node04 does not answer: connection refused",
    ]);
    expect(validate(state)).toBe(true);
  });

  it("has a schema in which no key is renamed", async () => {
    const text = `${JSON.stringify(eventJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../fixtures/schema/event.schema.json");
  });
});
