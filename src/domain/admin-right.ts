/** Whether a node takes orders by a way. Source: haproxy-facts §1, 14. */
export type AdminRight = "allowed" | "denied" | "unauthorized" | "unknown";
