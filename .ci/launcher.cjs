// The first lines of dist/k3s-lb.js, plain enough for an old Node to parse, and neither a module nor CommonJS, so that
// the file runs wherever it is copied. The parts of the program follow in one comment, which costs nothing to skip; each
// is compiled when it is asked for, with V8's code cache of an earlier run where there is one.
// __NEEDED__, __BUILD__, __CHUNKS__, __PACKAGES__ and __SIZE__ (of the comment) are put in by the build.
(() => {
  const needed = __NEEDED__;
  const version = process.versions.node.split(".").map(Number);
  if (version[0] < needed[0] || (version[0] === needed[0] && version[1] < needed[1])) {
    process.stderr.write(
      `k3s-lb needs Node ${needed.join(".")} or newer; this is Node ${process.versions.node} (${process.execPath}).\n`,
    );
    process.exit(1);
  }
  const chunks = __CHUNKS__;
  const packages = __PACKAGES__;
  const builtin = process.getBuiltinModule;
  const fs = builtin("node:fs");
  const vm = builtin("node:vm");
  const self = typeof __filename === "string" ? __filename : process.argv[1];
  // Kept open: a part is read when it is asked for, and of this very file, also where another one has taken its place.
  const file = fs.openSync(fs.existsSync(self) ? self : `${self}.js`, "r");
  const start = fs.fstatSync(file).size - __SIZE__;
  // Asked for at the head of a module by many, used by few, and dear (6, 2 and 10 ms): loaded with the first use.
  const later = new Set(["node:tls", "node:child_process", "node:crypto"]);
  const loaded = new Map();
  const fresh = [];
  const folder = cacheFolder();

  /** A folder that only this user can write to, or nothing: what is in it runs as code. */
  function cacheFolder() {
    const { env } = process;
    const base = env.XDG_CACHE_HOME || (env.HOME && `${env.HOME}/.cache`);
    if (!base?.startsWith("/") || env.NODE_DISABLE_COMPILE_CACHE || !process.getuid) return undefined;
    const path = `${base}/k3s-lb`;
    try {
      fs.mkdirSync(path, { recursive: true, mode: 0o700 });
      const { uid, mode } = fs.lstatSync(path);
      return uid === process.getuid() && (mode & 0o40022) === 0o40000 ? path : undefined;
    } catch {
      return undefined;
    }
  }

  function cachePath(name) {
    // What is compiled differs by command; a word in front of it may be the value of a flag.
    const verb = process.argv.slice(2).find((word) => ["top", "status", "demo"].includes(word));
    const kind = name === "main" ? `-${verb ?? "other"}` : "";
    return `${folder}/__BUILD__-${process.version}-${process.arch}-${name}${kind}`;
  }

  function readCache(name) {
    try {
      return folder && fs.readFileSync(cachePath(name));
    } catch {
      return undefined;
    }
  }

  function textOf([offset, length, isPacked]) {
    const bytes = Buffer.allocUnsafe(length);
    let read = 0;
    while (read < length) {
      const more = fs.readSync(file, bytes, read, length - read, start + offset + read);
      if (more === 0) throw new Error("k3s-lb: this file is cut off; install it again");
      read += more;
    }
    const text = bytes.latin1Slice();
    if (!isPacked) return text;
    return builtin("node:zlib").inflateRawSync(Buffer.from(text, "base64url")).toString("latin1");
  }

  function load(name) {
    const known = loaded.get(name);
    if (known) return known.exports;
    const text = textOf(chunks[name]).replaceAll("*\x01/", "*/");
    const cachedData = readCache(name);
    const options = { filename: `k3s-lb.js#${name}` };
    if (cachedData) options.cachedData = cachedData;
    const flags = globalThis[Symbol.for("k3s-lb/flags")];
    flags?.release();
    const script = new vm.Script(`(function(require,module,exports){${text}\n})`, options);
    flags?.hold();
    if (folder && (!cachedData || script.cachedDataRejected)) fresh.push([name, script]);
    const module = { exports: {} };
    loaded.set(name, module);
    script.runInThisContext()(require, module, module.exports);
    return module.exports;
  }

  function require(name) {
    const place = packages[name];
    if (place) return load(place[0])[place[1]];
    if (name === "k3s-lb/main") return load("main");
    if (name.startsWith("k3s-lb/tools/")) return load("tools").modules[name.slice("k3s-lb/tools/".length)]();
    if (later.has(name)) return whenUsed(name);
    const found = builtin(name);
    if (!found) throw new Error(`k3s-lb: ${name} is not in this file`);
    return found;
  }

  /** A dynamic import copies a module name by name, so these are told as well, and that is a use. */
  function whenUsed(name) {
    return new Proxy(
      {},
      {
        get: (_, key) => builtin(name)[key],
        has: (_, key) => key in builtin(name),
        ownKeys: () => Reflect.ownKeys(builtin(name)),
        getOwnPropertyDescriptor(_, key) {
          const found = Reflect.getOwnPropertyDescriptor(builtin(name), key);
          return found && { ...found, configurable: true };
        },
      },
    );
  }

  /** At the end, when all that this run needed has been compiled. Never a reason to fail. */
  function writeCaches() {
    try {
      globalThis[Symbol.for("k3s-lb/flags")]?.release();
      for (const [name, script] of fresh) {
        const path = cachePath(name);
        const draft = `${path}.${process.pid}`;
        fs.writeFileSync(draft, script.createCachedData(), { mode: 0o600, flag: "wx" });
        fs.renameSync(draft, path);
      }
      if (fresh.length > 0) removeOld();
    } catch {
      // A full or read-only disk: the next start is as slow as this one.
    }
  }

  /** Other builds may be in use beside this one; what nobody has read for a month is of none that is. */
  function removeOld() {
    const oldest = Date.now() - 30 * 86_400_000;
    for (const name of fs.readdirSync(folder)) {
      const path = `${folder}/${name}`;
      const { atimeMs, mtimeMs } = fs.lstatSync(path);
      if (Math.max(atimeMs, mtimeMs) < oldest) fs.rmSync(path);
    }
  }

  process.on("exit", writeCaches);
  load("main");
})();
