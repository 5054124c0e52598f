// A process of its own that writes to a ledger: `node ledger-writer.ts <path> <id> <lines>`. It says "ready" once it
// begins, and ends with what stopped it.
import { openLedger } from "../../src/io/ledger-file.ts";
import { aStep } from "./ledger.ts";

const [path = "", id = "", lines = "1"] = process.argv.slice(2);
const ledger = openLedger(path);
process.stdout.write("ready\n");
try {
  for (let ms = 0; ms < Number(lines); ms++) await ledger.append([aStep({ id, ms })]);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`);
}
