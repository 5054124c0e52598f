import type { Tone } from "./tone.ts";

/** What each tone looks like: parameters of one SGR sequence ("1;31"), "" for the terminal's own. */
export type Theme = Readonly<Record<Tone, string>>;

export type ThemeName = "dark" | "light" | "deuteranopia" | "protanopia" | "tritanopia" | "mono";

/**
 * Red and green look alike to both, and red is dark to one of them: neither is used. Blue and yellow stay apart; what
 * is bad is bold, bright and underlined as well.
 */
const withoutRedAndGreen: Theme = { good: "94", warn: "33", bad: "1;4;93", info: "36", muted: "2", plain: "" };

/**
 * The sixteen colours of the terminal's own palette only: the user chose them. No theme sets a background.
 * Shape: `dark` is the default. `light` leaves out what is pale (yellow, white, the bright ones). To tritanopes blue looks
 * like green and yellow like pink: theirs goes from cyan over magenta to red. `mono` has weights and underlines only.
 */
const THEMES: Readonly<Record<ThemeName, Theme>> = {
  dark: { good: "32", warn: "33", bad: "1;31", info: "36", muted: "2", plain: "" },
  light: { good: "32", warn: "35", bad: "1;31", info: "34", muted: "2", plain: "" },
  deuteranopia: withoutRedAndGreen,
  protanopia: withoutRedAndGreen,
  tritanopia: { good: "36", warn: "35", bad: "1;4;31", info: "4;36", muted: "2", plain: "" },
  mono: { good: "", warn: "1", bad: "1;4", info: "4", muted: "2", plain: "" },
};

/** What `--theme` takes, as typed. */
export type ThemeChoice = "auto" | ThemeName;

export const THEME_CHOICES: readonly ThemeChoice[] = ["auto", ...(Object.keys(THEMES) as ThemeName[])];

export const DARK_THEME: Theme = THEMES.dark;

/** It has no colours, whatever they would mean. */
export const MONO_THEME: Theme = THEMES.mono;

/**
 * The theme of this name. `auto` is `dark`, or `light` where the terminal tells of a light background.
 * Source: COLORFGBG ("0;15", "0;default;15") as rxvt and Konsole set it: the last number is the background, and of the
 * sixteen only 7 and those above 8 are light (as Vim reads it).
 */
export function themeOf(choice: ThemeChoice, env: Readonly<Record<string, string | undefined>>): Theme {
  if (choice !== "auto") return THEMES[choice];
  const ground = /;(\d+)$/.exec(env["COLORFGBG"] ?? "")?.[1];
  return ground === "7" || Number(ground) > 8 ? THEMES.light : THEMES.dark;
}
