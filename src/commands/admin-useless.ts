import { UserError } from "../domain/user-error.ts";
import type { AdminFlags } from "./admin-options.ts";

/** The actions as they are typed. `undrain` and `ready` are other words for `enable`. */
export type AdminVerb = "drain" | "maint" | "enable" | "kill-sessions";

type Flag = keyof AdminFlags;

const TAKES_OUT: readonly AdminVerb[] = ["drain", "maint"];

/** Flags that only some verbs have, and what to say to the others. */
const ONLY_FOR: readonly { readonly flag: Flag; readonly verbs: readonly AdminVerb[]; readonly why: string }[] = [
  { flag: "for", verbs: TAKES_OUT, why: "says how long a master is to stay out of service" },
  { flag: "minHealthy", verbs: TAKES_OUT, why: "guards masters that are taken out of service" },
  { flag: "forceLast", verbs: TAKES_OUT, why: "passes the guard of masters that are taken out of service" },
  { flag: "kill", verbs: TAKES_OUT, why: "is the second stage after a drain or maint" },
  { flag: "grace", verbs: TAKES_OUT, why: "is the time between a drain or maint and --kill" },
  { flag: "stable", verbs: ["enable"], why: "says how long a master that is enabled must stay UP" },
  { flag: "batch", verbs: [...TAKES_OUT, "kill-sessions"], why: "says on how many nodes at once sessions are closed" },
  { flag: "pause", verbs: [...TAKES_OUT, "kill-sessions"], why: "is the time between two batches of closing sessions" },
];

/** Flags that say something only beside another one. */
const NEEDS: readonly { readonly flag: Flag; readonly needs: readonly Flag[]; readonly words: string }[] = [
  { flag: "grace", needs: ["kill"], words: "--grace is the time before --kill" },
  { flag: "stable", needs: ["wait"], words: "--stable is for --wait" },
  { flag: "timeout", needs: ["wait", "kill"], words: "--timeout is for --wait" },
];

/** Does this verb take this flag? Those it does not take stay out of its help. */
export function takesFlag(verb: AdminVerb, flag: Flag): boolean {
  return ONLY_FOR.every((rule) => rule.flag !== flag || rule.verbs.includes(verb));
}

/** Throws a UserError for flags that would change nothing: who gives them expects something that would not happen. */
export function refuseUseless(verb: AdminVerb, flags: AdminFlags): void {
  for (const { flag, verbs, why } of ONLY_FOR) {
    if (flags[flag] === undefined || verbs.includes(verb)) continue;
    throw new UserError(`--${kebab(flag)} ${why}; ${verb} does not.`, "Leave it out.");
  }
  for (const { flag, needs, words } of NEEDS) {
    if (flags[flag] === undefined || needs.some((other) => flags[other] !== undefined)) continue;
    const missing = needs.filter((other) => takesFlag(verb, other)).map((other) => `--${kebab(other)}`);
    throw new UserError(`${words}, which is not given.`, `Add ${missing.join(" or ")}, or leave --${kebab(flag)} out.`);
  }
  if (verb !== "kill-sessions" && flags.kill === undefined && (flags.batch ?? flags.pause) !== undefined) {
    throw new UserError("--batch and --pause are about closing sessions.", "Add --kill, or leave them out.");
  }
}

function kebab(flag: Flag): string {
  return flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
