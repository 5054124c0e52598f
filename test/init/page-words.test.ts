import { describe, expect, it } from "vitest";
import { mastersOnPage, pageWords } from "../../src/init/page-words.ts";
import { rowsOfMetrics, rowsOfPage } from "../support/captured.ts";

const rows = rowsOfMetrics("haproxy-2.6.12-all-up.metrics");
const masters = [1, 2, 3].map((n) => `k8s-de1-master-${n}`);

describe("pageWords", () => {
  it("says what the node is, and that it has what is written", () => {
    expect(pageWords("node01", "2.6.12", rows, { backend: "k8s-de1-kube-api", masters })).toEqual([
      "node01 answers: HAProxy 2.6.12; backend k8s-de1-kube-api has k8s-de1-master-[1-3], as written.",
    ]);
  });

  it("says what to correct: masters, the backend, both, or the port", () => {
    expect(
      pageWords("n", undefined, rows, { backend: "k8s-de1-kube-api", masters: ["m1", ...masters.slice(1)] }),
    ).toEqual([
      "n answers: HAProxy; backend k8s-de1-kube-api has k8s-de1-master-[1-3].",
      "Correct masters: there is no m1 on it.",
      "Correct masters: k8s-de1-master-1 is on it and not in the file.",
    ]);
    expect(pageWords("n", "3.0", rows, { backend: "kube", masters })[1]).toBe(
      "Correct backend: the masters are in k8s-de1-kube-api, which has k8s-de1-master-[1-3].",
    );
    expect(pageWords("n", "3.0", rows, { backend: "kube", masters: ["m1"] })[1]).toBe(
      "Correct backend and masters: it has k8s-de1-kube-api with k8s-de1-master-[1-3].",
    );
    expect(pageWords("n", "3.0", [], { backend: "kube", masters })[1]).toBe(
      "It shows no server lines at all: is it the right stats page?",
    );
  });
});

describe("mastersOnPage", () => {
  it("gives the servers of the backend that looks like the masters', with addresses where the page shows them", () => {
    const names = masters.map((name) => ({ name, address: undefined }));
    expect(mastersOnPage(rows, undefined)).toEqual({ backend: "k8s-de1-kube-api", masters: names });
    const legends = mastersOnPage(rowsOfPage("haproxy-2.6.12-show-legends-node-desc.csv"), undefined);
    expect(legends?.masters[0]?.address).toBe("127.0.0.11:6443");
  });

  it("gives none where it is not plain which backend is meant, but for the one that was named", () => {
    const twice = [...rows, ...rows.map((row) => ({ ...row, proxy: `${row.proxy}-2` }))];
    expect(mastersOnPage(twice, undefined)).toBeUndefined();
    expect(mastersOnPage(twice, "k8s-de1-kube-api-2")?.masters).toHaveLength(3);
    expect(mastersOnPage([], undefined)).toBeUndefined();
  });
});
