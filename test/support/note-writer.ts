import { openStateNote } from "../../src/io/state-note.ts";

// A process of its own that leaves something in a note and says what came of it.
const note = openStateNote(process.argv[2] ?? "", (content, change: object) => ({ ...(content as object), ...change }));
note.keep({ much: "x".repeat(10_000) });
process.stdout.write(`${await note.end()}\n`);
