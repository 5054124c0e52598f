/** The metrics that an expression of the generators selects: all of their selectors have braces. */
export function metricsIn(expr: string): readonly string[] {
  return [...withoutStrings(expr).matchAll(/([A-Za-z_:][\w:]*)\{/g)].map(([, name = ""]) => name);
}

/** The labels that an expression matches, groups or joins by. */
export function labelsIn(expr: string): readonly string[] {
  const bare = withoutStrings(expr);
  const matched = [...bare.matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, name = ""]) => name);
  const listed = [...bare.matchAll(/\b(?:by|on|without|ignoring|group_left)\s*\(([^)]*)\)/g)]
    .flatMap(([, list = ""]) => list.split(","))
    .map((name) => name.trim());
  return [...matched, ...listed].filter((name) => name !== "");
}

function withoutStrings(expr: string): string {
  return expr.replace(/"(?:[^"\\]|\\.)*"/g, '""');
}
