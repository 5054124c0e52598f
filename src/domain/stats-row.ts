import type { RowType, StatsRow } from "./stats.ts";
import { numberAt, numberCount, textAt, textCount } from "./stats-columns.ts";
import { parseStatus, plainStatus, type ServerStatus } from "./status.ts";

/**
 * The cells of the row that is being read: `undefined` for an empty or unreadable column. Plain arrays, since a number
 * out of a Float64Array is boxed anew in every row that keeps it.
 */
export type Cells = { readonly numbers: (number | undefined)[]; readonly texts: (string | undefined)[] };

/** Makes cells to be used for one row after the other. */
export function createCells(): Cells {
  return {
    numbers: new Array<number | undefined>(numberCount).fill(undefined),
    texts: new Array<string | undefined>(textCount).fill(undefined),
  };
}

const types: readonly RowType[] = ["frontend", "backend", "server", "listener"];

/** Makes rows out of cells. */
export type RowMaker = (cells: Cells) => StatsRow | undefined;

/**
 * Makes a maker that remembers the status texts it has read (a handful; unknown ones push the others out).
 * Shape: `undefined` for a row of a type that this program does not know. `check_code` 0 is no code: HAProxy writes it
 * while a check runs. `lastsess` -1 ("never") is `undefined`, as no number of seconds.
 */
export function createRowMaker(): RowMaker {
  const statuses = new Map<string, ServerStatus>();
  const others = new Map<string, ServerStatus>();
  return ({ numbers, texts }) => {
    const type = types[numbers[numberAt.type] ?? -1];
    if (type === undefined) return undefined;
    const known = type === "server" ? statuses : others;
    const checkStatus = texts[textAt.check_status];
    const running = checkStatus?.startsWith("* ") ?? false;
    return {
      proxy: texts[textAt.pxname] ?? "",
      name: texts[textAt.svname] ?? "",
      type,
      status: read(known, texts[textAt.status] ?? "", type === "server" ? parseStatus : plainStatus),
      weight: present(numbers[numberAt.weight]),
      userWeight: present(numbers[numberAt.uweight]),
      active: present(numbers[numberAt.act]),
      backup: present(numbers[numberAt.bck]),
      queue: present(numbers[numberAt.qcur]),
      sessions: present(numbers[numberAt.scur]),
      sessionsMax: present(numbers[numberAt.smax]),
      sessionsTotal: present(numbers[numberAt.stot]),
      sessionsPerSecond: present(numbers[numberAt.rate]),
      bytesIn: present(numbers[numberAt.bin]),
      bytesOut: present(numbers[numberAt.bout]),
      connectErrors: present(numbers[numberAt.econ]),
      connectRetries: present(numbers[numberAt.wretr]),
      redispatches: present(numbers[numberAt.wredis]),
      clientAborts: present(numbers[numberAt.cli_abrt]),
      serverAborts: present(numbers[numberAt.srv_abrt]),
      checkFailures: present(numbers[numberAt.chkfail]),
      downTransitions: present(numbers[numberAt.chkdown]),
      sinceChangeSeconds: present(numbers[numberAt.lastchg]),
      downtimeSeconds: present(numbers[numberAt.downtime]),
      chosenTotal: present(numbers[numberAt.lbtot]),
      requestsTotal: present(numbers[numberAt.req_tot]),
      lastSessionSeconds: present(numbers[numberAt.lastsess]),
      connectTimeMs: present(numbers[numberAt.ctime]),
      tracked: texts[textAt.tracked],
      checkStatus: running ? checkStatus?.slice(2) : checkStatus,
      checkRunning: running,
      checkCode: present(numbers[numberAt.check_code]) || undefined,
      checkDurationMs: present(numbers[numberAt.check_duration]),
      checkRise: present(numbers[numberAt.check_rise]),
      checkFall: present(numbers[numberAt.check_fall]),
      checkHealth: present(numbers[numberAt.check_health]),
      lastCheckText: texts[textAt.last_chk],
      checkDescription: texts[textAt.check_desc],
      agentStatus: texts[textAt.agent_status],
      lastAgentText: texts[textAt.last_agt],
      address: texts[textAt.addr],
      mode: texts[textAt.mode],
    };
  };
}

function present(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 ? value : undefined;
}

function read(known: Map<string, ServerStatus>, text: string, parse: (text: string) => ServerStatus): ServerStatus {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= 256) known.clear();
  const status = parse(text);
  known.set(text, status);
  return status;
}
