/**
 * Has whoever reads our output gone (`| head -1`, a closed terminal)? That is no failure of ours: stop quietly.
 */
export function isClosedOutput(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" || error.code === "EIO";
}
