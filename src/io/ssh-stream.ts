import { Duplex } from "node:stream";
import type { SshProcess } from "./ssh-process.ts";

/**
 * What `ssh -W` carries, as one stream: writes go to its stdin, in one piece where they come in one; reads come from
 * its stdout. Destroying it ends the process.
 */
export class SshStream extends Duplex {
  readonly #ssh: SshProcess;

  constructor(ssh: SshProcess) {
    super({ allowHalfOpen: false });
    this.#ssh = ssh;
    const { stdout } = ssh.child;
    stdout.on("data", (bytes: Buffer) => {
      if (!this.push(bytes)) stdout.pause();
    });
    stdout.once("end", () => this.push(null));
    stdout.once("close", () => this.destroy());
  }

  override _read(): void {
    this.#ssh.child.stdout.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#ssh.child.stdin.write(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#ssh.child.stdin.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#ssh.child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    void this.#ssh.end();
    done(error);
  }
}
