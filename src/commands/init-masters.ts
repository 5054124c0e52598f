import { UserError } from "../domain/user-error.ts";
import { defaultPasswordVariable, fleetText } from "../init/fleet-text.ts";
import { mastersOnPage } from "../init/page-words.ts";
import { type Answers, masterQuestions } from "../init/questions.ts";
import { soundFound } from "../init/sound-entries.ts";
import { readFleetText } from "../io/fleet-file.ts";
import type { InitFlags } from "./init.ts";
import { askAll, canAsk, openAsker } from "./init-ask.ts";
import { lookAtNode } from "./init-try.ts";
import type { Shell } from "./shell.ts";

/**
 * Finds the masters where no source knows them: those that a node's own page shows, or those that the operator names.
 * Errors: `UserError` where neither can be had.
 */
export async function findMasters(shell: Shell, flags: InitFlags, answers: Answers): Promise<Answers> {
  const offered = flags.try ? await mastersOfFirstNode(shell, flags, answers) : undefined;
  const asks = flags.yes !== true && canAsk(shell);
  if (offered !== undefined && flags.yes === true) return offered.answers;
  if (!asks) {
    throw new UserError(
      `no source knows the masters, nothing was written${offered === undefined ? "" : `; ${offered.words}`}`,
      offered === undefined
        ? "Give --from-haproxy-cfg or --from-role-vars too, or --master-group for the inventory."
        : "Take them with --yes, or give --from-haproxy-cfg or --from-role-vars too.",
    );
  }
  const asker = openAsker(shell);
  try {
    if (offered !== undefined) {
      const yes = (await asker.ask(`No source knows the masters; ${offered.words}. Take them? [Y/n] `)).trim();
      if (yes === "" || /^y(es)?$/i.test(yes)) return offered.answers;
    }
    return await askAll(shell, asker, masterQuestions, answers);
  } finally {
    asker.close();
  }
}

type Offer = { readonly words: string; readonly answers: Answers };

async function mastersOfFirstNode(shell: Shell, flags: InitFlags, answers: Answers): Promise<Offer | undefined> {
  const { found } = answers;
  // The loader makes the node, with its stats settings; the masters play no part in asking it.
  const draft = fleetText(
    { ...found, masters: [{ name: "unknown", address: undefined }] },
    { passwordVariable: defaultPasswordVariable },
  );
  const [node] = readFleetText(draft, { path: "/k3s-lb.yaml", name: "k3s-lb.yaml", env: {} }).fleet.nodes;
  if (node === undefined) return undefined;
  const look = await lookAtNode(shell, node);
  if (!look.ok) {
    for (const line of look.lines) shell.stderr.write(`k3s-lb: ${line}\n`);
    return undefined;
  }
  const page = mastersOnPage(look.record.good.rows, found.backend ?? flags.backend);
  if (page === undefined) {
    shell.stderr.write(`k3s-lb: ${node.name} has no backend, or more than one, that looks like the masters'\n`);
    return undefined;
  }
  const known = soundFound({
    ...found,
    backend: page.backend,
    masters: page.masters,
    notes: [
      ...found.notes,
      `The masters are those that ${node.name} shows; their addresses are guessed from their names where it does not show them.`,
    ],
  });
  if (known.masters.length === 0) return undefined;
  const names = known.masters.map(({ name }) => name).join(", ");
  return { words: `${node.name} has ${names} in the backend ${page.backend}`, answers: { ...answers, found: known } };
}
