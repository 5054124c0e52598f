import type { TableName } from "./remembered.ts";

/** One column as people know it: chooser, README and titles are read off it. `isHidden`: not shown until it is chosen. */
export type ColumnWords = {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly isHidden?: true;
};

/** What runs to masters, the same in three tables. Rates are taken over the last two answers of a node. */
const traffic: readonly ColumnWords[] = [
  { id: "rate", title: "NEW/S", words: "new sessions a second", isHidden: true },
  {
    id: "in",
    title: "IN/S",
    words: "bytes a second from clients (- or > without contstats)",
    isHidden: true,
  },
  { id: "out", title: "OUT/S", words: "bytes a second to clients (- or > without contstats)", isHidden: true },
  { id: "errors", title: "ERR/S", words: "connects to masters that failed, a second", isHidden: true },
  { id: "retries", title: "RETRY/S", words: "connects that were tried again, a second", isHidden: true },
  { id: "redispatches", title: "REDIS/S", words: "sessions sent to another master instead, a second", isHidden: true },
  { id: "aborts", title: "ABORT/S", words: "sessions that the master broke off, a second", isHidden: true },
  { id: "queue", title: "QUEUE", words: "sessions that wait for a place now", isHidden: true },
];

/** The one table of columns, by table, from left to right. Masters' own columns of the matrix come between those of a node. */
export const columnTable: Readonly<Record<TableName, readonly ColumnWords[]>> = {
  masters: [
    { id: "master", title: "MASTER", words: "the master's name" },
    { id: "verdict", title: "VERDICT", words: "what all nodes together say of it" },
    { id: "up", title: "UP", words: "on how many nodes it takes new sessions" },
    { id: "down", title: "DOWN", words: "on how many nodes its checks fail" },
    { id: "drain", title: "DRAIN", words: "on how many nodes it is drained" },
    { id: "maint", title: "MAINT", words: "on how many nodes it is in maintenance" },
    { id: "absent", title: "ABSENT", words: "how many nodes have no server line for it" },
    { id: "unknown", title: "?", words: "of how many nodes it is not known" },
    { id: "sessions", title: "SESS", words: "open sessions, all nodes together" },
    {
      id: "share",
      title: "SHARE",
      words: "its part of all sessions; ! above twice what is fair",
      isHidden: true,
    },
    { id: "pinned", title: "PINNED", words: "sessions where it is down or out of service" },
    { id: "check", title: "CHECK", words: "what its checks prove, and their middle time" },
    ...traffic,
    { id: "changed", title: "SINCE", words: "time since its state last changed on a node", isHidden: true },
    { id: "downtime", title: "DOWNTIME", words: "the longest time that a node counts it as down", isHidden: true },
    { id: "address", title: "ADDRESS", words: "its address in the fleet file", isHidden: true },
    { id: "reason", title: "REASON", words: "the verdict in words" },
  ],
  nodes: [
    { id: "node", title: "NODE", words: "the node's name" },
    { id: "state", title: "STATE", words: "whether it answers, and has a master" },
    { id: "sessions", title: "SESS", words: "open sessions to all masters" },
    ...traffic,
    { id: "address", title: "ADDRESS", words: "where its HAProxy is asked", isHidden: true },
    { id: "version", title: "VERSION", words: "the version of its HAProxy", isHidden: true },
    { id: "uptime", title: "UPTIME", words: "how long its HAProxy runs, by the node's clock", isHidden: true },
    { id: "age", title: "AGE", words: "how old its last good answer is", isHidden: true },
    { id: "poll", title: "POLL", words: "how long that answer took", isHidden: true },
    { id: "source", title: "SOURCE", words: "the page that is read: stats or metrics", isHidden: true },
    { id: "labels", title: "LABELS", words: "its labels in the fleet file", isHidden: true },
    { id: "note", title: "NOTE", words: "what is wrong there, in words" },
  ],
  groups: [
    { id: "group", title: "GROUP", words: "the value of the label" },
    { id: "nodes", title: "NODES", words: "how many nodes have it" },
    { id: "fresh", title: "OK", words: "how many of them answer and have a master" },
    { id: "sessions", title: "SESS", words: "open sessions of the group", isHidden: true },
    ...traffic,
    { id: "note", title: "NOTE", words: "its worst node" },
  ],
  servers: [
    { id: "node", title: "NODE", words: "behind a master: the node" },
    { id: "proxy", title: "PROXY", words: "the section of haproxy.cfg" },
    { id: "name", title: "NAME", words: "behind a node: the server, frontend or backend" },
    { id: "status", title: "STATUS", words: "HAProxy's own word for its state" },
    { id: "check", title: "CHECK", words: "how its last check ended" },
    { id: "ms", title: "TOOK", words: "how long that took" },
    { id: "sessions", title: "SESS", words: "open sessions" },
    { id: "queue", title: "QUEUE", words: "sessions that wait for a place now", isHidden: true },
    { id: "rate", title: "NEW/S", words: "new sessions a second", isHidden: true },
    {
      id: "in",
      title: "IN/S",
      words: "bytes a second in; by itself from 120 columns on",
      isHidden: true,
    },
    { id: "out", title: "OUT/S", words: "bytes a second out; by itself from 120 columns on", isHidden: true },
    { id: "changed", title: "SINCE", words: "time since its state last changed" },
    { id: "downtime", title: "DOWNTIME", words: "how long it was down in all", isHidden: true },
    { id: "downs", title: "DOWNS", words: "how often it went down", isHidden: true },
    { id: "errors", title: "ERRORS", words: "connects that failed, since HAProxy's start", isHidden: true },
    { id: "retries", title: "RETRIES", words: "connects that were tried again, since then", isHidden: true },
    { id: "redispatches", title: "REDISP", words: "sessions sent elsewhere instead, since then", isHidden: true },
    { id: "aborts", title: "ABORTS", words: "sessions that the server broke off, since then", isHidden: true },
    { id: "weight", title: "WEIGHT", words: "its part of new sessions; 0 is drained", isHidden: true },
    { id: "address", title: "ADDRESS", words: "where it is connected to", isHidden: true },
    { id: "words", title: "IN WORDS", words: "its state and last check in words" },
  ],
};

const ids: ReadonlySet<string> = new Set([...columnTable.nodes, ...columnTable.groups].map(({ id }) => id));

/** The column that a master has in a matrix: its name, by which it is sorted too, unless another column is called so. */
export function masterColumnId(master: string): string {
  return ids.has(master) ? `master:${master}` : master;
}

/** What is said of such a column. */
export function masterColumnWords(id: string): string {
  return `what the nodes say of ${id}`;
}
