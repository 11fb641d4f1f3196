interface Component {
  'bom-ref': string;
  hashes?: { alg: string; content: string }[];
  components?: Component[];
}

/** How a bill of materials in JSON differs from another that was drawn from the sources anew, a sentence for each part. */
export function billDifferences(bill: string, fresh: string): string[] {
  const has = allParts(bill);
  const wanted = allParts(fresh);
  const missing = [...wanted.keys()].filter((ref) => !has.has(ref)).map((ref) => `${ref} is not listed`);
  const changed = [...has].flatMap(([ref, hashes]) => {
    if (!wanted.has(ref)) return [`${ref} is listed, and not inside`];
    return wanted.get(ref) === hashes ? [] : [`${ref} has another checksum`];
  });
  return [...missing, ...changed];
}

/** The checksums of every part by its reference. */
function allParts(bill: string): Map<string, string> {
  const { metadata, components = [] } = JSON.parse(bill);
  const parts = new Map<string, string>();
  const add = (component: Component) => {
    parts.set(component['bom-ref'], JSON.stringify(component.hashes ?? []));
    component.components?.forEach(add);
  };
  [metadata.component, ...components].forEach(add);
  return parts;
}
