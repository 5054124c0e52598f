/** What the exit codes 0 to 3 of some commands mean; of all that are not named elsewhere where there are no `commands`. */
export type ExitRow = {
  readonly commands: readonly string[];
  readonly meanings: Readonly<Partial<Record<0 | 1 | 2 | 3, string>>>;
};

/** The table of exit codes, for the manual; the one in the README is held to it by a test. Source: design §3. */
export const exitRows: readonly ExitRow[] = [
  {
    commands: ["status"],
    meanings: {
      0: "OK",
      1: "WARNING",
      2: "CRITICAL",
      3: "UNKNOWN, and whatever prevents an answer: usage, fleet file, password",
    },
  },
  {
    commands: ["top"],
    meanings: { 0: "left by `q`, Ctrl-C or SIGINT", 2: "usage, fleet file, password, no terminal" },
  },
  {
    commands: ["demo"],
    meanings: {
      0: "ended by the user; without a terminal as `status`",
      1: "as `status`",
      2: "usage; as `status`",
      3: "as `status`",
    },
  },
  {
    commands: ["drain", "maint", "enable", "kill-sessions"],
    meanings: {
      0: "proved on every node",
      1: "failed on every node",
      2: "usage, fleet file, password, ledger, not confirmed; nothing was sent",
      3: "refused by a guard everywhere; nothing was sent",
    },
  },
  {
    commands: ["doctor"],
    meanings: { 0: "ok, and notes", 1: "a warning", 2: "something critical; usage, fleet file, password" },
  },
  {
    commands: ["lint"],
    meanings: {
      0: "nothing as bad as `--fail-on`",
      1: "findings",
      2: "usage, fleet file, files that cannot be read",
    },
  },
  {
    commands: ["watch"],
    meanings: {
      0: "end of `--for`, or nobody reads any more",
      1: "failed, as for a full disk",
      2: "usage, fleet file, password",
    },
  },
  {
    commands: ["generate"],
    meanings: {
      0: "done; with `--diff` nothing to change",
      1: "refused by the program that checks it, cannot be written, `--diff` found something",
      2: "usage, fleet file, password, a file that must not be replaced",
    },
  },
  { commands: [], meanings: { 0: "done", 1: "failed, as for a full disk", 2: "usage, fleet file, password" } },
];

/** The exit codes above 3. */
export const otherExits: readonly { readonly codes: string; readonly of: string; readonly means: string }[] = [
  { codes: "4", of: "actions", means: "done in part, or taken and not to be proved" },
  { codes: "5", of: "actions", means: "timed out waiting" },
  { codes: "70", of: "every command", means: "a bug, with its stack on stderr and the terminal restored" },
  { codes: "129, 143", of: "`top`", means: "ended by SIGHUP or SIGTERM" },
  { codes: "130", of: "actions, `doctor`, `init`, `watch`, the checks of `generate`", means: "interrupted" },
];
