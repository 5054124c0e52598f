/** A file or a variable, and what there is to say of it. */
export type Fact = { readonly name: string; readonly means: string };

/** What k3s-lb is, in a few sentences: the manual begins with it, and so does the README. */
export const purpose: string =
  "Every k3s node runs its own HAProxy in front of all masters, so a fleet of 40 nodes has 40 opinions of each master. " +
  "k3s-lb asks all of them, joins the answers, and says whether a master is down, or the path to it, or one node. " +
  "It changes nothing unless it is told to, and then says, node by node, what really came of it. " +
  "It needs no Kubernetes, no program of its own on the nodes and no database, so it works while the API is down.";

/** Every file that is looked for, kept or left somewhere unasked. The README's table is held to it by a test. */
export const files: readonly Fact[] = [
  { name: "k3s-lb.yaml", means: "the fleet file, in the working directory; the first that is found is used alone" },
  { name: "$XDG_CONFIG_HOME/k3s-lb/k3s-lb.yaml", means: "the fleet file of a user" },
  { name: "/etc/k3s-lb/k3s-lb.yaml", means: "the fleet file of a machine" },
  { name: "$XDG_CONFIG_HOME/k3s-lb/clusters/<name>.yaml", means: "the fleet file of `--cluster <name>`, of a user" },
  { name: "/etc/k3s-lb/clusters/<name>.yaml", means: "the same, of a machine" },
  { name: "$XDG_CONFIG_HOME/k3s-lb/top.yaml", means: "a person's settings of `top`: keys and looks" },
  { name: "$XDG_STATE_HOME/k3s-lb/top.json", means: "what a person chose in `top`, and typed there; may be deleted" },
  { name: "$XDG_STATE_HOME/k3s-lb/<cluster>/ledger.jsonl", means: "the ledger: who did what, and what came of it" },
  { name: "$XDG_STATE_HOME/k3s-lb/<cluster>/routes.json", means: "which way an order took last to each node" },
  { name: "$XDG_CACHE_HOME/k3s-lb/", means: "code that V8 has compiled, for the next start; may be deleted" },
  { name: "k3s-lb-<cluster>-<time>.jsonl.gz", means: "what `W` in `top` writes into the working directory" },
  { name: ".k3s-lb.sha256", means: "in a folder of `generate -O`: what was written there without a mark in it" },
];

/** Every variable of the environment that is read. The README's table is held to it by a test. */
export const variables: readonly Fact[] = [
  { name: "K3S_LB_CONFIG", means: "the fleet file, where there is no `--config`" },
  { name: "K3S_LB_TOP_CONFIG", means: "the settings of `top`, in place of those of the user" },
  { name: "K3S_LB_<KEY>", means: "overrides a key of the fleet file, as K3S_LB_POLL_INTERVAL does `poll.interval`" },
  { name: "K3S_LB_STATS_PASSWORD", means: "the password of the stats pages, in place of the fleet file's" },
  { name: "K3S_LB_STATS_PASSWORD_FILE", means: "a file with that password" },
  { name: "K3S_LB_ADMIN_PASSWORD", means: "for `generate`: the password of a stats user who may give orders" },
  { name: "XDG_CONFIG_HOME", means: "where configuration stands (default: ~/.config)" },
  { name: "XDG_STATE_HOME", means: "where the ledger is kept (default: ~/.local/state)" },
  { name: "XDG_CACHE_HOME", means: "where compiled code is kept (default: ~/.cache)" },
  { name: "HOME", means: "the user's home, for those defaults" },
  { name: "NO_COLOR", means: "no colour, as `--no-color`; of these five the first that says something decides" },
  { name: "FORCE_COLOR", means: "colour also in a pipe; 0: none" },
  { name: "CLICOLOR_FORCE", means: "the same" },
  { name: "TERM", means: "dumb: no colour, no moving of the cursor" },
  { name: "CLICOLOR", means: "0: no colour" },
  { name: "COLORFGBG", means: "the terminal's background, for `--theme auto`" },
  { name: "LC_ALL", means: "the locale; nothing but ASCII is drawn where it is not UTF-8" },
  { name: "LC_CTYPE", means: "the same, where LC_ALL is not set" },
  { name: "LANG", means: "the same, where neither is set" },
  { name: "INK_SCREEN_READER", means: "true: `top` prints lines, as with `--plain`" },
  { name: "KUBECONFIG", means: "for `init --from-kubeconfig`" },
  { name: "PATH", means: "where ssh, haproxy, promtool, nft and man are looked for" },
  { name: "SUDO_USER", means: "who gave an order, for the ledger: the login behind a sudo" },
  { name: "SSH_CONNECTION", means: "from where, for the ledger" },
  { name: "SSH_CLIENT", means: "the same, where SSH_CONNECTION is not set" },
  { name: "USER", means: "who, where the system knows no name for the user" },
  { name: "LOGNAME", means: "the same, where USER is not set" },
  { name: "NODE_DISABLE_COMPILE_CACHE", means: "anything: keep no compiled code" },
  { name: "RES_OPTIONS", means: "limits of name lookups; short ones where it is not set" },
  { name: "UV_THREADPOOL_SIZE", means: "how many names are looked up at once; 64 where it is not set" },
];
