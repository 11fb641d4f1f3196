interface Component {
  'bom-ref': string;
  components?: Component[];
}

/**
 * How a bill of materials in JSON differs from another that was drawn from the sources anew, a sentence for each part; the
 * time it was made makes no difference.
 */
export function billDifferences(bill: string, fresh: string): string[] {
  const has = allParts(bill);
  const wanted = allParts(fresh);
  const missing = [...wanted.keys()].filter((ref) => !has.has(ref)).map((ref) => `${ref} is not listed`);
  const changed = [...has].flatMap(([ref, description]) => {
    if (!wanted.has(ref)) return [`${ref} is listed, and not inside`];
    return wanted.get(ref) === description ? [] : [`${ref} is described otherwise`];
  });
  return [...missing, ...changed];
}

/** What is said of every part itself, by its reference; how they depend on each other counts as one more. */
function allParts(bill: string): Map<string, string> {
  const { metadata, components = [], dependencies } = JSON.parse(bill);
  const parts = new Map([['dependencies', JSON.stringify(dependencies)]]);
  const add = ({ components: inner = [], ...own }: Component) => {
    parts.set(own['bom-ref'], JSON.stringify(own));
    inner.forEach(add);
  };
  [metadata.component, ...components].forEach(add);
  return parts;
}
