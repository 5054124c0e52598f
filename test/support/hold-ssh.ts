// A console that reads a node by the route in its settings, says so, and then waits to be killed.
import { createSocketRoute } from "../../src/io/admin-socket.ts";
import { createSshRoute } from "../../src/io/admin-ssh.ts";
import { createNodeReader } from "../../src/io/node-reader.ts";
import { createLoginPlaces } from "../../src/io/ssh-pool.ts";

const node = JSON.parse(process.argv[2] ?? "");
const reader = await createNodeReader({ nodes: [node], secrets: async () => node.stats.password.value });
const settings = { env: process.env, places: createLoginPlaces() };
const route =
  node.admin.via === "ssh"
    ? createSshRoute(reader, settings)
    : createSocketRoute(reader, { ...settings, isHere: async () => false });
const reading = await route.read(node, performance.now() + 10_000);
if (!reading.ok) throw new Error(reading.failure.detail);
process.stdout.write("held\n");
setInterval(() => undefined, 1_000);
