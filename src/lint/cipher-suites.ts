/** The suites with ECDSA below TLS 1.3, by what stands behind "ECDHE-ECDSA-". Source: `openssl ciphers -v` of 3.0. */
const SUITES: readonly string[] = (
  "AES256-GCM-SHA384 CHACHA20-POLY1305 AES256-CCM8 AES256-CCM ARIA256-GCM-SHA384 AES128-GCM-SHA256 AES128-CCM8 " +
  "AES128-CCM ARIA128-GCM-SHA256 AES256-SHA384 CAMELLIA256-SHA384 AES128-SHA256 CAMELLIA128-SHA256 AES256-SHA AES128-SHA"
).split(" ");

const STRENGTHS: ReadonlySet<string> = new Set(["HIGH", "MEDIUM", "LOW", "FIPS"]);

const TAGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(SUITES.map((suite) => [suite, tagsOf(suite)]));

/**
 * Whether a list of ciphers as OpenSSL takes it lets a server with an EC certificate in, below TLS 1.3.
 * Shape: words that OpenSSL does not know count for nothing, as they do there.
 * Source: openssl-ciphers(1); held to `openssl ciphers` by a test.
 */
export function allowsEcdsa(list: string): boolean {
  if (/^(?:SUITEB|PROFILE=)/.test(list)) return true;
  const active = new Set<string>();
  const killed = new Set<string>();
  const isDefault = list.startsWith("DEFAULT");
  if (isDefault) for (const suite of SUITES) if (!TAGS.get(suite)?.has("COMPLEMENTOFDEFAULT")) active.add(suite);
  for (const token of list.slice(isDefault ? "DEFAULT".length : 0).split(/[:, ;]/)) {
    const [, rule = "", words = ""] = /^([!+-]?)(.*)$/s.exec(token) ?? [];
    if (words === "" || words.startsWith("@") || rule === "+") continue;
    const wanted = words.split("+");
    // Each stands for a strength of its own, and a suite has one: together they name none.
    if (new Set(wanted.filter((word) => STRENGTHS.has(word))).size > 1) continue;
    for (const suite of SUITES) {
      if (!wanted.every((word) => TAGS.get(suite)?.has(word))) continue;
      if (rule === "") active.add(suite);
      else active.delete(suite);
      if (rule === "!") killed.add(suite);
    }
  }
  return [...active].some((suite) => !killed.has(suite));
}

/** Every word that names this suite, alone or with others. */
function tagsOf(suite: string): ReadonlySet<string> {
  const [, algorithm = "", bits = ""] = /^(AES|ARIA|CAMELLIA|CHACHA)(\d+)/.exec(suite) ?? [];
  const isCcm = suite.includes("CCM");
  const mac = suite.includes("GCM") ? undefined : /SHA\d*$/.exec(suite)?.[0];
  const tags = ["ALL", "HIGH", "ECDSA", "aECDSA", "ECDHE", "kECDHE", "EECDH", "kEECDH", "ECDH", `ECDHE-ECDSA-${suite}`];
  tags.push(...(algorithm === "CHACHA" ? ["CHACHA20"] : [algorithm, `${algorithm}${bits}`]));
  if (suite.includes("GCM")) tags.push(`${algorithm}GCM`);
  if (isCcm) tags.push("AESCCM", ...(suite.endsWith("8") ? ["AESCCM8"] : []));
  if (mac !== undefined) tags.push("CBC", mac);
  tags.push(...(mac === "SHA" ? ["SHA1", "TLSv1", "TLSv1.0"] : ["TLSv1.2"]));
  if (algorithm === "AES" && !isCcm) tags.push("FIPS");
  if (isCcm || algorithm === "ARIA" || algorithm === "CAMELLIA") tags.push("COMPLEMENTOFDEFAULT");
  return new Set(tags);
}
