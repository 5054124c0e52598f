import { type Command, Option } from "commander";
import { action, type Shell } from "./shell.ts";

/** The flags of `man` as commander gives them. */
export type ManFlags = { readonly outputDir?: string; readonly overwrite?: boolean };

/** Declares `man`; the pages are made off the program when it runs. */
export function addManCommand(program: Command, shell: Shell): void {
  program
    .command("man")
    .description("show the manual, or write its pages: of k3s-lb, or of one command")
    .argument("[command]", "the page of this command (default: the one of k3s-lb, with all of them)")
    .addOption(new Option("-O, --output-dir <dir>", "write every page into this folder, for man(1)"))
    .option("--overwrite", "with -O: also what was edited by hand, or is not from here")
    .addHelpText("after", HELP_AFTER)
    .action(
      action(shell, async (name: string | undefined, flags: ManFlags) => {
        const { runMan } = await import("./man-run.ts");
        return runMan(shell, program, name, flags);
      }),
    );
}

const HELP_AFTER = `
At a terminal the page is shown by man, or as text where there is no man; in a pipe it is roff.
Installed by npm, the pages are where man finds them: man k3s-lb, man k3s-lb-drain.

Examples:
  k3s-lb man                      everything in one page
  k3s-lb man drain                the page of one command
  k3s-lb man -O /usr/local/share/man/man1
  k3s-lb man doctor | groff -man -Tpdf > doctor.pdf`;
