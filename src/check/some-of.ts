/** Names a sentence holds before the rest is only counted. */
const NAMED = 10;

/** A few of the names, and how many more there are. */
export function someOf(names: string[]): string {
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ');
}
