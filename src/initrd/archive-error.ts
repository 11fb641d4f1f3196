/** What is wrong in an archive, in words for people, and the byte of its stream where it was met. */
export class ArchiveError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.name = 'ArchiveError';
    this.at = at;
  }
}
