/** What kept a file from being written, in words that follow "cannot write …: ". */
export function explainWriteError(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EACCES":
    case "EPERM":
      return "this user may not write there";
    case "EROFS":
      return "the file system is read-only";
    case "ENOENT":
      return "there is no such folder";
    case "ENOTDIR":
    case "EEXIST":
      return "a part of the path is no folder";
    case "EISDIR":
      return "a folder is there";
    default:
      return code;
  }
}
