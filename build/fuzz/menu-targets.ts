import assert from 'node:assert/strict';
import { CliError } from '../../src/cli/errors.ts';
import type { MenuPlan, MenuRequest, ReadText } from '../../src/menu/change.ts';
import { planGrub } from '../../src/menu/grub/menu.ts';
import { requirePlainText } from '../../src/menu/plain-text.ts';
import { planSyslinux } from '../../src/menu/syslinux/menu.ts';
import { planSystemdBoot } from '../../src/menu/systemd-boot/menu.ts';
import { LANGUAGES } from '../../src/menu/titles.ts';
import { OF_TEXT } from './mutate-text.ts';
import type { Target } from './target.ts';

const REQUEST: MenuRequest = {
  decisions: ['keep', 'offline'],
  titles: LANGUAGES.en,
  layout: 'flat',
  entry: null,
  remove: false,
};
const GRUB = `set default="0"
if [ x$feature = xy ]; then insmod png; else echo 'no "png"'; fi
menuentry "Live (\\"amd64\\")" --class debian --hotkey=l $menuentry_id_option 'live' {
\tsavedefault
\tlinux /vmlinuz quiet findiso=\${iso} "a=b c" -- single
\tinitrd /initrd # why
}
submenu 'More' { menuentry x { linux /v
} }
`;
const SYSLINUX = `default vesamenu.c32
label live
\tmenu label ^Live
\tmenu default
\tlinux /vmlinuz
\tappend quiet "a=b c" macveil=spoof -- single
\ttext help
\tlabel
\tendtext

menu begin more
label other
\tkernel /other
menu end
`;
const ENTRY = `# from a tool
title Debian
version 6.12.48
sort-key debian
options quiet
options macveil=ask ro
linux /linux
`;

/** Longer texts are planned once only: three entries from one of 40,000 lines, four times, would be slow in any program. */
const MAX_ROUND_TRIP = 10_000;

type Planner = (request: MenuRequest, read: ReadText) => MenuPlan;

const grub = menuTarget('grub.cfg', [GRUB], (request, read) => planGrub('f', request, read, () => null));
const syslinux = menuTarget('isolinux.cfg', [SYSLINUX], (request, read) =>
  planSyslinux('f', request, read, () => null),
);
const entry = menuTarget('boot entry', [ENTRY], (request, read) =>
  planSystemdBoot('.', ['f.conf'], request, (path) => (path.endsWith('loader.conf') ? null : read('f'))),
);

/** The parsers of boot loaders' configurations, and what is written into them. */
export const MENU_TARGETS: readonly Target[] = [grub, syslinux, entry];

/** A configuration is refused with its place, or gets entries that decide what they say and go without a trace. */
function menuTarget(name: string, corpus: string[], planner: Planner): Target {
  return {
    name,
    weight: 2,
    corpus: corpus.map((text) => Buffer.from(text)),
    mutations: OF_TEXT,
    run: (input) => {
      const text = input.toString('utf8');
      try {
        requirePlainText('f', text);
        roundTrip(text, planner);
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        assert.notEqual(error.hint, '');
      }
    },
  };
}

function roundTrip(text: string, planner: Planner): void {
  const after = fileAfter(planner(REQUEST, () => text));
  if (after === null || text.length > MAX_ROUND_TRIP) return;
  assert.equal(fileAfter(planner(REQUEST, () => after)), after);
  const removed = fileAfter(planner({ ...REQUEST, remove: true }, () => after));
  // A block that was there before goes as well.
  assert.equal(removed, fileAfter(planner({ ...REQUEST, remove: true }, () => text)));
}

function fileAfter({ changes }: MenuPlan): string | null {
  return changes.find(({ path }) => path === 'f')?.after ?? null;
}
