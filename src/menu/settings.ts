import type { MenuPlan, MenuRequest, ReadText } from './change.ts';
import { problem } from './problem.ts';
import { fillTitle, type Titles } from './titles.ts';

const HEADER = '# Written by "macveil menu"; /etc/grub.d/11_macveil reads it when update-grub runs.';

/** Plans the settings of the generator that update-grub runs: it makes the entries itself, from its own default one. */
export function planSettings(path: string, request: MenuRequest, read: ReadText): MenuPlan {
  const before = read(path);
  if (before !== null && !before.startsWith(HEADER))
    throw problem(
      path,
      1,
      'the file is not one that macveil wrote',
      'move it away, then run the command again',
    );
  const after = request.remove ? null : settingsText(request);
  return { changes: [{ path, before, after }], notes: [] };
}

function settingsText({ decisions, titles, layout }: MenuRequest): string {
  const lines = decisions.map(
    (decision) => `MACVEIL_MENU_${decision.toUpperCase()}=${shellQuote(titles[decision])}`,
  );
  const submenu = layout === 'submenu' ? [`MACVEIL_MENU_SUBMENU=${shellQuote(submenuTitle(titles))}`] : [];
  return `${[HEADER, `MACVEIL_MENU='${decisions.join(' ')}'`, ...lines, ...submenu].join('\n')}\n`;
}

/** The submenu is made before any entry is read: its title cannot hold theirs. */
function submenuTitle({ submenu }: Titles): string {
  const words = fillTitle(submenu, '').replace(/^[\s,:]+/, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
