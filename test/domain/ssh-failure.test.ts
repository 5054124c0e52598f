import { describe, expect, it } from "vitest";
import { explainNoSsh, explainSsh } from "../../src/domain/ssh-failure.ts";

const ended = (said: string) => explainSsh({ exitCode: 255, said, isLate: false }, "ops@edge-1");

describe("explainSsh", () => {
  it.each([
    ["Host key verification failed.\r\n", "its host key is not known here (host key verification failed)"],
    [
      "@@@\r\n@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\n@@@\r\nHost key verification failed.\r\n",
      "its host key has changed",
    ],
    [
      "ops@edge-1: Permission denied (publickey,password).\r\n",
      "login refused for ops@edge-1 (permission denied: publickey,password)",
    ],
    [
      "Received disconnect from 10.8.0.9 port 22:2: Too many authentication failures\r\n",
      "too many keys were offered (too many authentication failures)",
    ],
    ["ssh: Could not resolve hostname edge-1: Name or service not known\r\n", "ssh cannot resolve its name"],
    ["ssh: connect to host edge-1 port 22: Connection refused\r\n", "its ssh port refuses connections"],
    ["ssh: connect to host edge-1 port 22: No route to host\r\n", "no route to host"],
    ["ssh: connect to host edge-1 port 22: Connection timed out\r\n", "no ssh connection in time"],
    [
      "channel 0: open failed: administratively prohibited: open failed\r\nstdio forwarding failed\r\n",
      "logged in, but its ssh server does not forward (administratively prohibited)",
    ],
    [
      "channel 0: open failed: connect failed: Connection refused\r\nstdio forwarding failed\r\n",
      "logged in, but HAProxy cannot be reached from there (connection refused)",
    ],
    [
      "Welcome\r\n/etc/ssh/ssh_config: line 3: Bad configuration option: foo\u001b[31m\r\n",
      "ssh said: /etc/ssh/ssh_config: line 3: Bad configuration option: foo[31m",
    ],
    [
      "channel 0: open failed: connect failed: No route to host\r\nstdio forwarding failed\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n",
      "the jump host cannot reach it (no route to host)",
    ],
    [
      "ops@jump: Permission denied (publickey).\r\nkex_exchange_identification: Connection closed by remote host\r\n",
      "login refused for ops@jump (permission denied: publickey)",
    ],
    ["", "ssh ended (exit code 255)"],
  ])("finds the cause in %j", (said, detail) => {
    const { failure, hint, isBusy } = ended(said);
    expect(failure.detail).toBe(detail);
    expect(hint.length).toBeGreaterThan(20);
    expect(isBusy).toBe(false);
  });

  it.each([
    "kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 10.8.0.9 port 22\r\n",
    "kex_exchange_identification: read: Connection reset by peer\r\n",
    "Connection closed by UNKNOWN port 65535\r\n",
  ])("sees that the door was shut before the login in %j", (said) => {
    expect(ended(said)).toMatchObject({ isBusy: true, hint: expect.stringContaining("MaxStartups") });
  });

  it("tells what to type, in quotes where a shell would read it otherwise", () => {
    const said = "Host key verification failed.";
    expect(ended(said).hint).toMatch(/: ssh -v ops@edge-1 true$/);
    expect(explainSsh({ exitCode: 255, said, isLate: false }, "a b's").hint).toContain("ssh -v 'a b'\\''s' true");
  });

  it("says that the time was over only where ssh itself said nothing", () => {
    expect(explainSsh({ exitCode: undefined, said: "", isLate: true }, "t").failure.kind).toBe("timeout");
    expect(
      explainSsh({ exitCode: undefined, said: "Host key verification failed.", isLate: true }, "t").failure.kind,
    ).toBe("unreachable");
  });
});

describe("explainNoSsh", () => {
  it("tells a program that is not there from one that may not run", () => {
    expect(explainNoSsh("ENOENT").failure.detail).toBe("ssh is not installed here, or not in PATH");
    expect(explainNoSsh("EACCES").failure.detail).toBe("ssh cannot be started (EACCES)");
  });
});
