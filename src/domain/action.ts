/** The admin states that can be asked for, as HAProxy's form and Runtime API spell them. */
export type AdminState = "ready" | "drain" | "maint";

/** `shutdown` closes the sessions that HAProxy holds to a server; it changes no state and may be repeated by nobody. */
export type AdminAction = AdminState | "shutdown";

/** One thing to be done to one server line of one backend on one node: one POST, or one line to a socket. */
export type Order = {
  readonly node: string;
  readonly backend: string;
  readonly server: string;
  readonly action: AdminAction;
};
