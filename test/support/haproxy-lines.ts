import type { GenerateInput } from "../../src/generate/generate-input.ts";
import type { HaproxySection } from "../../src/generate/haproxy-section.ts";
import { haproxySections } from "../../src/generate/haproxy-sections.ts";
import { lineTexts } from "../../src/generate/haproxy-text.ts";

/** The lines of one section that are made of an input, comments included, without their indentation. */
export function linesOf(input: GenerateInput, keyword: HaproxySection["keyword"]): readonly string[] {
  const section = haproxySections(input).find((one) => one.keyword === keyword);
  return (section?.lines ?? []).flatMap(lineTexts).map((line) => line.trim());
}

/** Those of them that hold a text. */
export function linesWith(input: GenerateInput, keyword: HaproxySection["keyword"], text: string): readonly string[] {
  return linesOf(input, keyword).filter((line) => line.includes(text));
}
