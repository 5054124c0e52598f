import * as z from "zod/mini";
import { text } from "./fleet-leaves.ts";

// Part of the definition in fleet-schema.ts: what keeps a stats page private.

const filePath = (what: string) =>
  text("the path of a PEM file", `${what} (PEM); relative to the fleet file, ~ is the home directory.`);

const yesNo = (description: string) => z.boolean({ error: "true or false" }).check(z.meta({ description }));

const PASSWORD =
  "{ env: NAME }, { file: path }, { command: [program, argument…] }, or the password itself (works, and warns)";
/** The four forms of a password. */
export const password: z.ZodMiniType = z
  .union(
    [
      z.string().check(z.minLength(1), z.meta({ description: "The password itself. Works, and warns." })),
      z.strictObject({
        env: text("the name of an environment variable", "The environment variable that holds it.", /^[A-Za-z_]\w*$/),
      }),
      z.strictObject({ file: text("the path of a file", "A file of mode 0600 that holds it, and nothing else.") }),
      z.strictObject({
        command: z
          .array(text("text", "The program, then its arguments; no shell is involved."), {
            error: "a list of the program and its arguments, as in [pass, show, lb]",
          })
          .check(
            z.minLength(1, { error: "at least the program" }),
            z.meta({ description: "A program that prints it." }),
          ),
      }),
    ],
    { error: PASSWORD },
  )
  .check(z.meta({ description: `Where the stats password is had: ${PASSWORD}.` }));

/** The settings of https; the mapping may be empty. */
export const tls: z.ZodMiniType = z
  .strictObject(
    {
      enabled: z.optional(yesNo("Whether https is used; false puts one node back to http. Default: true.")),
      ca: z.optional(filePath("Certificates of the authorities to trust")),
      cert: z.optional(filePath("Client certificate")),
      key: z.optional(filePath("Key of the client certificate")),
      servername: z.optional(text("a host name", "Name to ask for and to verify, where it is not the address.")),
      insecure: z.optional(yesNo("Accept any certificate.")),
    },
    { error: "a mapping of ca, cert, key, servername, insecure, enabled ({} is https with the system's authorities)" },
  )
  .check(z.meta({ description: "Read the stats page by https." }));
