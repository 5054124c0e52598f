import { shellWord } from "../domain/shell-word.ts";
import type { AdminOptions } from "./admin-options.ts";

/**
 * The flags that chose fleet, nodes, backend and route, as one would type them in a shell, each behind a blank: so that
 * the commands that are proposed mean the same fleet.
 */
export function scopeOf(options: AdminOptions): string {
  const words = [
    ...(options.config === undefined ? [] : ["--config", options.config]),
    ...options.nodes.flatMap((pattern) => ["--node", pattern]),
    ...(options.backend === undefined ? [] : ["--backend", options.backend]),
    ...(options.via === undefined ? [] : ["--via", options.via]),
  ];
  return words.map((word) => ` ${shellWord(word)}`).join("");
}

/** The flag that chose the fleet's file, as one would type it behind a command; empty where none was given. */
export function configFlag(config: string | undefined): string {
  return config === undefined ? "" : ` --config ${shellWord(config)}`;
}
