import { describe, expect, it } from "vitest";
import { runCli } from "./support/run-cli.ts";

const saidBy = async (args: string) => (await runCli(args.split(" "), { cwd: "/" })).stderr;

describe("a mistake in a call", () => {
  it.each([
    ["lint --forma sarif", "Try k3s-lb lint --help."],
    ["record", "Try k3s-lb record --help."],
    ["drain", "Try k3s-lb drain --help."],
    ["generate haproxy --bogus", "Try k3s-lb generate haproxy --help."],
    ["config bogus", "Try k3s-lb config --help."],
    ["--bogus", "Try k3s-lb --help."],
    ["bogus", "Try k3s-lb --help."],
  ])("in %j points to the help of that very command", async (args, hint) => {
    expect(await saidBy(args)).toContain(`${hint}\n`);
  });

  it("names the flag or the command that is nearest", async () => {
    expect(await saidBy("top --recrod f")).toBe(
      "k3s-lb: unknown option '--recrod'\n(Did you mean --record?)\nTry k3s-lb top --help.\n",
    );
    expect(await saidBy("stauts")).toBe(
      "k3s-lb: unknown command 'stauts'\n(Did you mean status?)\nTry k3s-lb --help.\n",
    );
  });
});
