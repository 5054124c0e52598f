import { afterAll, beforeAll, describe } from "vitest";
import { type HaproxySubject, isSettled, type SubjectSettings, startSubject, subjectKinds } from "./haproxy-subject.ts";
import { skipsRealHaproxy } from "./real-haproxy.ts";

/**
 * Describes a behaviour of HAProxy once and holds both to it: the embedded one, whose time is turned by hand, and a
 * real one with the sample's configuration and masters over TLS. `get` gives the one that is being tested.
 */
export function describeHaproxy(
  name: string,
  tests: (get: () => HaproxySubject, kind: (typeof subjectKinds)[number]) => void,
  settings?: SubjectSettings,
): void {
  for (const kind of subjectKinds) {
    describe.skipIf(kind === "real" && skipsRealHaproxy())(`${name} (${kind} HAProxy)`, () => {
      let subject: HaproxySubject | undefined;
      beforeAll(async () => {
        subject = await startSubject(kind, settings);
        await subject.until(isSettled);
      });
      afterAll(() => subject?.close());
      tests(() => {
        if (subject === undefined) throw new Error("it is not running yet");
        return subject;
      }, kind);
    });
  }
}

/** Puts every master back to answering 401 and every server to ready, and waits until all is well. */
export async function makeWell(subject: HaproxySubject): Promise<void> {
  for (const master of [1, 2, 3] as const) {
    await subject.answer(master, { kind: "status", statusCode: 401, phrase: "Unauthorized", delayMs: 0 });
  }
  const all = [1, 2, 3].map((master) => `s=k8s-de1-master-${master}`).join("&");
  for (const action of ["ehlth", "ready"]) await subject.ask("POST", "/", `${all}&action=${action}&b=k8s-de1-kube-api`);
  await subject.until(isSettled);
}
