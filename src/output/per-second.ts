/** A rate as tables show it: "0", "0.4", "12"; "-" where it is not known. */
export function formatPerSecond(perSecond: number | undefined): string {
  if (perSecond === undefined) return "-";
  return perSecond >= 10 || perSecond === 0 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}
