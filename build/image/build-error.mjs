/** A failure for people: what went wrong with what, and what to do next. */
export class BuildError extends Error {
  constructor(message, hint) {
    super(message);
    this.name = 'BuildError';
    this.hint = hint;
  }
}
