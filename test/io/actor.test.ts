import { hostname, userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { readActor } from "../../src/io/actor.ts";

describe("readActor", () => {
  it("names the login and the machine", () => {
    expect(readActor({})).toEqual({ user: userInfo().username, host: hostname(), sshClient: undefined });
  });

  it("names the one behind sudo, and where the ssh session came from", () => {
    const env = { SUDO_USER: "ops", SSH_CLIENT: "10.9.0.7 51234 22" };
    expect(readActor(env)).toMatchObject({ user: "ops", sshClient: "10.9.0.7" });
    expect(readActor({ SSH_CONNECTION: "fd00::9 51234 fd00::1 22" })).toMatchObject({ sshClient: "fd00::9" });
  });

  it("lets nothing through that a terminal would obey", () => {
    expect(readActor({ SUDO_USER: "o\u001bps", SSH_CLIENT: "\u0007evil 1 2" })).toMatchObject({
      user: "ops",
      sshClient: "evil",
    });
  });
});
