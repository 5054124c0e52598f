/**
 * A mistake of the user (flags, fleet file, names): never a bug, so never a stack.
 * Shape: `message` says what stands there and what is expected; `hint` is the next thing to type.
 */
export class UserError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "UserError";
    this.hint = hint;
  }
}
