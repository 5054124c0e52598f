import { Document, isCollection, isScalar } from "yaml";
import type { EffectiveValue } from "../domain/effective-config.ts";
import { type FilePath, formatFilePath } from "../domain/mistake.ts";

/** Says where a value comes from. */
export type Origin = (from: FilePath) => string;

/** The configuration in force as a fleet file; with `origin`, behind every value where it comes from. */
export function formatConfigYaml(values: readonly EffectiveValue[], origin: Origin | undefined): string {
  const doc = new Document({});
  for (const { path, value } of values) doc.setIn(path, doc.createNode(value, { flow: true }));
  if (origin !== undefined) {
    for (const { path, from } of values) {
      const node = doc.getIn(path, true);
      if (isScalar(node) || isCollection(node)) node.comment = ` ${origin(from)}`;
    }
  }
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** The same as JSON; with `origin` as `{ config, origins }`, where `origins` goes by paths such as `nodes[0].address`. */
export function formatConfigJson(values: readonly EffectiveValue[], origin: Origin | undefined): string {
  const doc = new Document({});
  for (const { path, value } of values) doc.setIn(path, doc.createNode(value));
  const config: unknown = doc.toJS();
  if (origin === undefined) return `${JSON.stringify(config, null, 2)}\n`;
  const origins = Object.fromEntries(values.map(({ path, from }) => [formatFilePath(path), origin(from)]));
  return `${JSON.stringify({ config, origins }, null, 2)}\n`;
}
