type Family = { readonly prefix: string; readonly suffix: string; readonly digits: string[] };

/**
 * Folds a list of names as ClusterShell does: `node[01-38,40]`, `edge-1`. The last number of a name is what counts;
 * padding is kept. Families stand in the order in which they first came, numbers in their own; doubles are dropped.
 */
export function foldNames(names: Iterable<string>): string {
  const families = new Map<string, Family>();
  const order: (string | Family)[] = [];
  for (const name of new Set(names)) {
    const match = /^(.*?)(\d+)(\D*)$/s.exec(name);
    if (match === null) {
      order.push(name);
      continue;
    }
    const [, prefix = "", digits = "", suffix = ""] = match;
    const key = `${prefix}\u0000${suffix}`;
    const known = families.get(key);
    if (known !== undefined) {
      known.digits.push(digits);
      continue;
    }
    const family = { prefix, suffix, digits: [digits] };
    families.set(key, family);
    order.push(family);
  }
  return order.map((entry) => (typeof entry === "string" ? entry : foldFamily(entry))).join(",");
}

function foldFamily({ prefix, suffix, digits }: Family): string {
  const [only] = digits;
  if (only !== undefined && digits.length === 1) return `${prefix}${only}${suffix}`;
  const sorted = digits
    .map((text) => ({ text, value: Number(text) }))
    .sort((a, b) => a.value - b.value || a.text.length - b.text.length);
  const parts: string[] = [];
  let first: string | undefined;
  let last: { text: string; value: number } | undefined;
  const close = () => {
    if (first !== undefined && last !== undefined) parts.push(first === last.text ? first : `${first}-${last.text}`);
  };
  for (const number of sorted) {
    const follows = last !== undefined && number.value === last.value + 1 && isNext(number, first);
    if (!follows) {
      close();
      first = number.text;
    }
    last = number;
  }
  close();
  return `${prefix}[${parts.join(",")}]${suffix}`;
}

/** Within a run every number is padded to the width of its first: `[08-12]`, `[98-101]`. */
function isNext(number: { readonly text: string; readonly value: number }, first: string | undefined): boolean {
  return (
    first !== undefined &&
    Number.isSafeInteger(number.value) &&
    number.text === String(number.value).padStart(first.length, "0")
  );
}
