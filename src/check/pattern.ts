/** The parts of shell patterns, of modprobe.d and of aliases (fnmatch(3)): `*`, `?`, `[...]` and single characters. */
const PART = /\[[!^]?\]?[^\]]*\]|./gs;
const STAR = '*';

/**
 * Whether a name fits a pattern. When a part does not fit, the last `*` takes one character more: that needs as many steps
 * as both lengths multiplied at most, where a regular expression of many stars would not end in a lifetime.
 */
export function fits(pattern: string, name: string): boolean {
  if (!/[*?[]/.test(pattern)) return pattern === name;
  const parts = partsOf(pattern);
  let part = 0;
  let star = { part: -1, at: 0 };
  for (let at = 0; at < name.length; ) {
    if (parts[part] === STAR) star = { part: part++, at };
    else if (fitsOne(parts[part], name.charAt(at))) {
      part++;
      at++;
    } else if (star.part < 0) return false;
    else {
      part = star.part + 1;
      at = ++star.at;
    }
  }
  return parts.slice(part).every((rest) => rest === STAR);
}

/** A text that fits a pattern: what a device could ask for. `*` and `?` stay, since each fits itself. */
export function exampleOf(pattern: string): string {
  return pattern.replace(/\[([!^]?)(\]?[^\]]*)\]/g, (set, not: string, members: string) => {
    if (not === '') return members.charAt(0);
    return [...'0123456789abcdefghijklmnopqrstuvwxyz'].find((letter) => fits(set, letter)) ?? '';
  });
}

function partsOf(pattern: string): string[] {
  // Brackets that are never closed would each be searched to the end.
  const end = pattern.lastIndexOf(']') + 1;
  return [...(pattern.slice(0, end).match(PART) ?? []), ...pattern.slice(end).split('')];
}

/** Whether a single character fits a part that is no `*`. */
function fitsOne(part: string | undefined, char: string): boolean {
  if (part === undefined || part === '?') return part === '?';
  if (part.length === 1) return part === char;
  try {
    return new RegExp(setSource(part), 's').test(char);
  } catch {
    // A range that runs backwards fits nothing, as in fnmatch(3).
    return false;
  }
}

function setSource(set: string): string {
  const [, not = '', members = ''] = /^\[([!^]?)(.*)\]$/s.exec(set) ?? [];
  return `[${not === '' ? '' : '^'}${members.replace(/[\\\]^[]/g, '\\$&')}]`;
}
