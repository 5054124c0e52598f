import type { KeyBinding } from "./key-binding.ts";
import { lineKeys } from "./line-keys.ts";
import { moveKeys } from "./move-keys.ts";
import { replayKeys } from "./replay-keys.ts";
import { screenKeys } from "./screen-keys.ts";

/** The one table of keys. No single key changes anything on a node. */
export const keymap: readonly KeyBinding[] = [...moveKeys, ...screenKeys, ...lineKeys, ...replayKeys];
