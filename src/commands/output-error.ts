/**
 * Has whoever reads our output gone (`| head -1`, a closed terminal)? That is no failure of ours: stop quietly.
 */
export function isClosedOutput(error: unknown): boolean {
  const code = codeOf(error);
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "EIO";
}

/** What kept the output from being written ("no space left on device"), or `undefined` for another kind of error. */
export function failedOutput(error: unknown): string | undefined {
  const code = codeOf(error);
  if (!(error instanceof Error) || code === undefined) return undefined;
  if (!("syscall" in error) || error.syscall !== "write") return undefined;
  return /^\w+: (.+), write$/.exec(error.message)?.[1] ?? code;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
