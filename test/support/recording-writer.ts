import { writeHead } from "../../src/domain/recording-fleet.ts";
import { createRecordingFile } from "../../src/io/recording-file.ts";
import { recordDemo } from "./recorded-demo.ts";

// Records demo nodes into a file, a minute after the other without waiting for it, until the file fails or so many minutes
// are written; says what came of it: node recording-writer.ts <path> <minutes>

const [, , path = "", minutes = ""] = process.argv;
const failures: string[] = [];
const batch: { text: string; isPart: boolean }[] = [];
const demo = recordDemo(
  [
    {
      part: (text) => batch.push({ text, isPart: true }),
      lines: (text) => batch.push({ text, isPart: false }),
    },
  ],
  { nodes: 20, moreBytes: true },
);
const file = await createRecordingFile(path, writeHead({ fleet: demo.fleet, isAlone: false, wallMs: 0 }), (why) => {
  failures.push(why);
});
for (let minute = 0; minute < Number(minutes); minute += 1) {
  demo.run(60_000);
  for (const { isPart, text } of batch.splice(0)) {
    if (isPart) file.part(text);
    else file.lines(text);
  }
  await file.flush();
}
await file.end();
process.stdout.write(`${demo.polls()} polls, failures: ${failures.join("; ")}\n`);
