import { type Cause, causeOf } from './cause.ts';
import { describeWay, type Surroundings } from './describe-way.ts';
import type { Finding, FindingKind } from './finding.ts';
import type { Opening } from './openings.ts';
import type { Way } from './ways.ts';

/** A finding for each blocked module that loads, and with `preload` one more for each that a boot list of the initrd loads. */
export function loadingFindings(
  openings: Opening[],
  around: Surroundings,
  list: string,
  preload: boolean,
): Finding[] {
  return openings.flatMap(({ module, ways, kmods }) => {
    const boot = preload ? ways.filter(({ how }) => how === 'boot') : [];
    const others = ways.filter((way) => !boot.includes(way));
    return [
      ...finding('loading', module, others, kmods, around, list),
      ...finding('preload', module, boot, kmods, around, list),
    ];
  });
}

function finding(
  kind: FindingKind,
  module: string,
  ways: Way[],
  kmods: string[],
  around: Surroundings,
  list: string,
): Finding[] {
  const [first] = ways;
  if (first === undefined) return [];
  const { why, where, cure } = around.honoursInstall ? causeOf(module, around.lines, list) : ignored(list);
  const more = ways.length > 1 ? `, and in ${ways.length - 1} more ways` : '';
  const only = kmods.length < around.kmods ? ` (only with ${kmods.join(', ')})` : '';
  const what = `${module} loads ${describeWay(module, first, around)}${more}${only}, because ${why}`;
  return [{ kind, what, where, cure, subject: module }];
}

function ignored(where: string): Cause {
  const cure = 'have kmod as modprobe in the initrd';
  return { why: 'the modprobe there ignores install lines', where, cure };
}
