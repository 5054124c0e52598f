/**
 * One word of a shell's command line, whatever is in it.
 * Shape: words that no shell reads as more stay as they are, all else stands in single quotes.
 * Source: POSIX Shell Command Language, 2.2.2.
 */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
