import { mkdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createRecent } from "../../src/app/recent.ts";
import { writeHead } from "../../src/domain/recording-fleet.ts";
import { createRecordingFile, writeRecording } from "../../src/io/recording-file.ts";
import { openRecording } from "../../src/io/recording-source.ts";
import { fleetOf } from "../support/fleet.ts";
import { recordDemo } from "../support/recorded-demo.ts";
import { tempDir } from "../support/temp-dir.ts";

const head = writeHead({ fleet: fleetOf(), isAlone: false, wallMs: 0 });
const partOf = (atMs: number) => `${JSON.stringify({ part: atMs, wall: atMs, records: 0 })}\n`;
const never = (why: string) => {
  throw new Error(why);
};

/** A recording of two parts with a few lines each; the lines need not mean anything to be read. */
async function smallFile(name: string): Promise<string> {
  const path = join(await tempDir(), name);
  const file = await createRecordingFile(path, head, never);
  for (const atMs of [0, 120_000]) {
    file.part(partOf(atMs));
    for (let line = 0; line < 20; line += 1) {
      file.lines(`[0,${line * 37},${line}]\n`);
      if (line % 8 === 0) await file.flush();
    }
  }
  await file.end();
  return path;
}

/** Every line that can be read, part by part. */
async function linesIn(
  path: string,
): Promise<{ readonly parts: readonly (readonly string[])[]; readonly damaged: number }> {
  const source = await openRecording(path);
  const read = await Promise.all(source.parts.map((_, part) => source.lines(part)));
  await source.close();
  return { parts: read.map(({ lines }) => lines), damaged: read.filter(({ isDamaged }) => isDamaged).length };
}

const refusal = (path: string) =>
  openRecording(path).then(
    (source) => source.close().then(() => "opened"),
    (error: Error) => `${error.name}: ${error.message.replace(path, "FILE")}`,
  );

describe.each(["f.jsonl", "f.jsonl.gz"])("a recording called %s", (name) => {
  it("is read as it was written, by its user alone", async () => {
    const path = await smallFile(name);
    const { damaged, parts } = await linesIn(path);
    expect(damaged).toBe(0);
    expect(parts.map((lines) => [lines.length, lines[0], lines.at(-1)])).toEqual([
      [21, '{"part":0,"wall":0,"records":0}', "[0,703,19]"],
      [21, '{"part":120000,"wall":120000,"records":0}', "[0,703,19]"],
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const bytes = await readFile(path);
    const text = name.endsWith(".gz") ? gunzipSync(bytes).toString() : bytes.toString();
    expect(text.split("\n")).toEqual([head, ...parts.flat(), ""]);
  });

  it("is read up to where it ends, wherever that is", async () => {
    const path = await smallFile(name);
    const whole = (await linesIn(path)).parts.flat();
    const { size } = await stat(path);
    const counts: number[] = [];
    for (let end = size; end > 0; end -= 1) {
      await truncate(path, end);
      const said = await refusal(path);
      if (said !== "opened") {
        expect(said).toMatch(/holds nothing|no recording of k3s-lb/);
        counts.push(0);
        continue;
      }
      const { damaged, parts } = await linesIn(path);
      const lines = parts.flat();
      expect(damaged).toBe(0);
      expect(lines).toEqual(whole.slice(0, lines.length));
      counts.push(lines.length);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(30);
  });

  it("is never written over another file", async () => {
    const path = await smallFile(name);
    await expect(createRecordingFile(path, head, never)).rejects.toThrow(/is there already/);
    await expect(createRecordingFile(join(path, "x"), head, never)).rejects.toThrow(/there is no such folder/);
  });
});

describe("openRecording", () => {
  it("reads the other parts where one is damaged, and says so", async () => {
    const path = await smallFile("f.jsonl.gz");
    const bytes = await readFile(path);
    const members = [...bytes.toString("latin1").matchAll(/\x1f\x8b\x08\0\0\0\0\0/g)].map(({ index }) => index);
    const third = members[2] ?? 0;
    bytes.fill(0xff, third - 28, third - 12);
    await writeFile(path, bytes);
    const { damaged, parts } = await linesIn(path);
    expect(damaged).toBe(1);
    expect(parts[0]?.[0]).toBe('{"part":0,"wall":0,"records":0}');
    expect(parts[1]).toHaveLength(21);
    bytes.fill(0xff, (members[1] ?? 0) + 12, third - 30);
    await writeFile(path, bytes);
    const source = await openRecording(path);
    expect([source.parts.length, source.unreadable]).toEqual([1, 1]);
    await source.close();
  });

  it("reads what another program has packed again", async () => {
    const path = await smallFile("f.jsonl.gz");
    const before = await linesIn(path);
    await writeFile(path, gzipSync(gunzipSync(await readFile(path))));
    expect(await linesIn(path)).toEqual(before);
  });

  it("refuses in words what it cannot show", async () => {
    const folder = await tempDir();
    const of = async (content: string | Uint8Array) => {
      const path = join(folder, "f");
      await writeFile(path, content);
      return refusal(path);
    };
    await mkdir(join(folder, "d"));
    expect([
      await of("hello\n"),
      await of(""),
      await of(gzipSync("hello\n")),
      await of(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 1, 2, 3])),
      await of(`${head}\n`),
      await of(`${head.replace('"format":1', '"format":2')}\n`),
      await refusal(join(folder, "none")),
      await refusal(join(folder, "d")),
    ]).toEqual([
      "UserError: FILE is no recording of k3s-lb",
      "UserError: FILE is no recording of k3s-lb",
      "UserError: FILE is no recording of k3s-lb",
      "UserError: FILE is no recording of k3s-lb",
      "UserError: the recording FILE holds nothing: it ended before the first node was asked",
      "UserError: FILE was recorded by a later version of k3s-lb (k3s-lb/v1 format 2)",
      "UserError: there is no file FILE",
      "UserError: FILE is no plain file",
    ]);
  });
});

describe("a day of 50 nodes polled every two seconds", () => {
  it("fits in 100 MB, told from ten minutes with the incident", async () => {
    const recent = createRecent({ keepMs: 3_600_000, maxBytes: 64_000_000 });
    const demo = recordDemo([recent], { nodes: 50, hasIncident: true });
    demo.run(600_000);
    const path = join(await tempDir(), "f.jsonl.gz");
    const size = await writeRecording(path, head, recent.bytes());
    const aDay = (size / demo.polls()) * 50 * 43_200;
    expect(demo.polls()).toBeGreaterThan(14_000);
    expect(aDay / 1e6).toBeLessThan(60);
    expect((await linesIn(path)).parts.length).toBeGreaterThan(3);
  });
});
