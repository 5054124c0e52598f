import { Box, Text, useInput, usePaste } from "ink";
import { memo, type ReactElement, useSyncExternalStore } from "react";
import type { Console } from "./console-parts.ts";
import { keyNames } from "./key-names.ts";

/** One row of the screen is one text, already painted: no layout inside a row, nothing drawn that is not visible. */
const Row = memo(({ line }: { readonly line: string }): ReactElement => {
  return <Text wrap="truncate-end">{line === "" ? " " : line}</Text>;
});

/** The whole screen. All state is in the console; React turns lines into a frame, and Ink keys into their names. */
export function App({ console }: { readonly console: Console }): ReactElement {
  const lines = useSyncExternalStore(console.subscribe, console.lines);
  useInput((input, key) => console.press(keyNames(input, key)));
  usePaste((text) => console.paste(text));
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place; what stands there changes.
        <Row key={row} line={line} />
      ))}
    </Box>
  );
}
