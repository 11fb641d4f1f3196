/** What sorts before everything else, in this order (UAPI version format; systemd's strverscmp_improved). */
const LOW = ['~', '', '-', '^', '.'];

/** Compares two versions as systemd does: negative when the first is the older one. */
export function compareVersions(a: string, b: string): number {
  let left = a;
  let right = b;
  for (;;) {
    left = left.replace(/^[^A-Za-z0-9~^.-]+/, '');
    right = right.replace(/^[^A-Za-z0-9~^.-]+/, '');
    const mark = compareMarks(left, right);
    if (mark !== null) return mark;
    if (isMark(left)) {
      left = left.slice(1);
      right = right.slice(1);
      continue;
    }
    const order = compareParts(left, right);
    if (order !== 0) return order;
    left = left.slice(partOf(left).length);
    right = right.slice(partOf(right).length);
  }
}

/** Null when both go on with the same mark, or with a part to compare. */
function compareMarks(left: string, right: string): number | null {
  for (const mark of LOW) {
    const isLeft = mark === '' ? left === '' : left.startsWith(mark);
    const isRight = mark === '' ? right === '' : right.startsWith(mark);
    if (isLeft && isRight) return mark === '' ? 0 : null;
    if (isLeft || isRight) return isLeft ? -1 : 1;
  }
  return null;
}

function isMark(text: string): boolean {
  return text !== '' && LOW.includes(text[0] ?? '');
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
