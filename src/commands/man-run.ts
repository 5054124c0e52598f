import type { Command } from "commander";
import { didYouMean } from "../domain/nearest.ts";
import { UserError } from "../domain/user-error.ts";
import { findProgram } from "../io/find-program.ts";
import { showManual } from "../io/show-manual.ts";
import type { ManualPage } from "../output/manual-page.ts";
import { formatRoff } from "../output/manual-roff.ts";
import { formatManualText } from "../output/manual-text.ts";
import { writeFolder } from "./generate-folder.ts";
import type { ManFlags } from "./man.ts";
import { namedCommands } from "./manual-commands.ts";
import { manualPages } from "./manual-pages.ts";
import { print, type Shell } from "./shell.ts";

/**
 * Shows, prints or writes pages of the manual.
 * Shape: resolves to the exit code.
 * Errors: a UserError for a command that is not there, and for files that must not be replaced.
 */
export async function runMan(
  shell: Shell,
  program: Command,
  name: string | undefined,
  { outputDir, overwrite = false }: ManFlags,
): Promise<number> {
  const pages = manualPages(program);
  if (outputDir === undefined) {
    if (overwrite) throw new UserError("--overwrite goes with -O.", "See k3s-lb man --help.");
    await show(shell, pageOf(pages, program, name));
    return 0;
  }
  if (name !== undefined) throw new UserError("-O writes every page.", `Leave ${name} out, or redirect its page.`);
  const files = pages.map((page) => ({
    path: `${page.name}.1`,
    text: formatRoff(page),
    comment: '.\\"',
    maker: "man",
  }));
  return writeFolder(shell, files, { dir: outputDir, overwrite, hint: "--overwrite replaces it." });
}

async function show(shell: Shell, page: ManualPage): Promise<void> {
  const roff = formatRoff(page);
  if (shell.stdout.isTTY !== true) return print(shell, roff);
  const man = await findProgram("man", shell.env);
  if (man !== undefined && (await showManual(man, roff, shell.env))) return;
  await print(shell, formatManualText(page, shell.stdout.columns || 80));
}

/** An alias, and the name of a page, stand for their command. */
function pageOf(pages: readonly ManualPage[], program: Command, name: string | undefined): ManualPage {
  const word = name?.replace(/^k3s-lb-/, "");
  const commands = namedCommands(program);
  const command = commands.find((each) => each.name() === word || each.aliases().some((alias) => alias === word));
  const wanted = word === undefined || word === "k3s-lb" ? "k3s-lb" : `k3s-lb-${command?.name()}`;
  const page = pages.find((each) => each.name === wanted);
  if (page !== undefined) return page;
  const names = commands.map((each) => each.name());
  throw new UserError(
    `there is no command "${word}"${didYouMean(word ?? "", names)}`,
    `There are ${names.join(", ")}.`,
  );
}
