import type { DoctorProbes } from "../app/doctor-probes.ts";
import { isLoopback } from "../domain/doctor-admin.ts";
import type { PageReading, SocketFacts, SshFacts } from "../domain/doctor-facts.ts";
import type { Fleet, FleetNode } from "../domain/inventory.ts";
import { samplePassword } from "../domain/sample-password.ts";
import { createHttpRoute, createLoopbackRoute } from "../io/admin-http.ts";
import { createSocketRoute } from "../io/admin-socket.ts";
import { createSshRoute, type SshRoute } from "../io/admin-ssh.ts";
import { createNodeReader, type NodeReaderOf } from "../io/node-reader.ts";
import type { NodeReading } from "../io/node-source.ts";
import { isOwnAddress } from "../io/own-machine.ts";
import { createPlaces } from "../io/places.ts";
import { createAddressProbe, readSshHost } from "../io/probe-addresses.ts";
import { probeCertificate, probeConnect, resolveHost } from "../io/probe-network.ts";
import { createPageProbes } from "../io/probe-page.ts";
import { createLoginPlaces } from "../io/ssh-pool.ts";
import { onceForEach } from "./open-routes.ts";
import { openSecrets } from "./open-secrets.ts";
import type { Shell } from "./shell.ts";
import { withoutSecrets } from "./without-secrets.ts";

export type DoctorTools = { readonly probes: DoctorProbes; close(): Promise<void> };

/** Logins to nodes whose stats port is silent: they may well be dead, and then each holds its place to the end. */
const silentPlaces = 16;

/**
 * Opens all that an examination asks with. Nothing is asked before the first probe.
 * Errors: a UserError for a secret or a TLS file that cannot be read.
 */
export async function openDoctorTools(
  shell: Shell,
  fleet: Fleet,
  nodes: readonly FleetNode[],
  hasSsh: boolean,
): Promise<DoctorTools> {
  const secrets = await openSecrets(shell, nodes);
  const reader = await createNodeReader({ nodes, secrets });
  const isHere = onceForEach((node) => isOwnAddress(node.address));
  const env = withoutSecrets(shell.env, fleet);
  const pages = createPageProbes(reader);
  const http = createHttpRoute(reader);
  const loopback = createLoopbackRoute(reader);
  const places = createLoginPlaces();
  const ssh = createSshRoute(reader, { env, places });
  const silentSsh = createSshRoute(reader, { env, places: createPlaces(silentPlaces) });
  const socket = createSocketRoute(reader, { env, places, isHere });
  const stop = new AbortController();
  const target = (node: FleetNode) => ({
    host: node.address,
    port: node.stats.port,
    tls: reader.endpoint(node).tls,
  });
  const leftMs = (deadlineMs: number) => deadlineMs - reader.now();
  const sshHost = (node: FleetNode, withinMs: number) => readSshHost(node, withinMs, env);
  return {
    probes: {
      ...pages,
      isHere,
      resolve: (node, deadlineMs) => resolveHost(node.address, leftMs(deadlineMs)),
      connect: (node, deadlineMs) => probeConnect(target(node), leftMs(deadlineMs), stop.signal),
      certificate: (node, deadlineMs) => probeCertificate(target(node), leftMs(deadlineMs), stop.signal),
      right: http.probe,
      loopback: loopback.probe,
      async hasSample({ stats: { password } }) {
        return password !== undefined && (await secrets(password)) === samplePassword.password;
      },
      async ssh(node, deadlineMs, isSilent) {
        const why = whyNoSsh(node, hasSsh, await isHere(node));
        if (why !== undefined) return { kind: "skipped", why };
        return askSsh(isSilent ? silentSsh : ssh, node, deadlineMs, reader);
      },
      async socket(node, deadlineMs): Promise<SocketFacts> {
        const reading = await socket.readAdminBits(node, deadlineMs);
        return reading.ok ? { kind: "reached" } : { kind: "failed", failure: reading.failure, hint: reading.hint };
      },
      others: createAddressProbe({
        probes: pages,
        now: reader.now,
        isHere,
        sshHost: hasSsh ? sshHost : undefined,
      }),
    },
    async close() {
      stop.abort();
      await Promise.all([ssh, silentSsh, socket, loopback, http, pages].map((one) => one.close()));
      await reader.close();
    },
  };
}

function whyNoSsh(node: FleetNode, hasSsh: boolean, isHere: boolean): string | undefined {
  if (!hasSsh) return "left out (--no-ssh)";
  const { via } = node.admin;
  if (via === "http" || via === "socket") return `left out, as \`admin.via\` is ${via}`;
  if (isHere) return "this machine is the node";
  if (node.ssh === undefined && isLoopback(node.address)) return "its address is this machine's loopback";
  return undefined;
}

async function askSsh(route: SshRoute, node: FleetNode, deadlineMs: number, { now }: NodeReaderOf): Promise<SshFacts> {
  const startedMs = now();
  const probe = await route.probe(node, deadlineMs);
  if (!probe.ok) return { kind: "failed", failure: probe.failure, hint: probe.hint };
  return { kind: "reached", right: probe.right, page: pageOf(probe.reading, startedMs, now()) };
}

function pageOf(reading: NodeReading, startedMs: number, atMs: number): PageReading {
  return reading.ok ? { ok: true, rows: reading.page.rows, ms: atMs - startedMs, atMs } : reading;
}
