/** What sorts before everything else, in this order (UAPI version format; systemd's strverscmp_improved). */
const LOW = ['~', '', '-', '^', '.'];
/** No file name is longer, and no kernel's release. */
const MAX_LENGTH = 255;
/** Characters that only part what is compared. */
const INVALID = /^[^A-Za-z0-9~^.-]+/;

/** Compares two versions as systemd does: negative when the first is the older one. */
export function compareVersions(a: string, b: string): number {
  let [left, right] = [a.slice(0, MAX_LENGTH), b.slice(0, MAX_LENGTH)];
  for (;;) {
    left = left.replace(INVALID, '');
    right = right.replace(INVALID, '');
    for (const mark of LOW) {
      const order = compareMark(left, right, mark);
      if (order !== null) return order;
      if (mark === '' || !left.startsWith(mark)) continue;
      left = left.slice(1);
      right = right.slice(1);
    }
    const order = compareParts(left, right);
    if (order !== 0) return order;
    left = left.slice(partOf(left).length);
    right = right.slice(partOf(right).length);
  }
}

/** Null when both begin with this mark, or neither does; '' is the end of a version. */
function compareMark(left: string, right: string, mark: string): number | null {
  const isLeft = mark === '' ? left === '' : left.startsWith(mark);
  const isRight = mark === '' ? right === '' : right.startsWith(mark);
  if (isLeft && isRight) return mark === '' ? 0 : null;
  return isLeft || isRight ? (isLeft ? -1 : 1) : null;
}

/** Numbers are newer than letters; longer numbers are newer; letters compare by ASCII, capitals first. */
function compareParts(left: string, right: string): number {
  if (/^\d/.test(left) || /^\d/.test(right))
    return compareNumbers(partOf(left, /^\d*/), partOf(right, /^\d*/));
  const [a, b] = [partOf(left, /^[A-Za-z]*/), partOf(right, /^[A-Za-z]*/)];
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareNumbers(a: string, b: string): number {
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const [x, y] = [BigInt(a), BigInt(b)];
  return x === y ? 0 : x < y ? -1 : 1;
}

function partOf(text: string, pattern = /^(?:\d+|[A-Za-z]+)/): string {
  return pattern.exec(text)?.[0] ?? '';
}
