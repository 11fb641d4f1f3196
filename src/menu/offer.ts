import type { Decision } from '../core/decision.ts';
import type { MenuRequest } from './change.ts';

/**
 * The decisions that are offered beside a default entry: those wanted that it does not take itself, so that each is there
 * once. A submenu, which people open to see what there is, repeats the default one.
 */
export function decisionsToOffer(request: MenuRequest, byDefault: Decision): Decision[] {
  const all: Decision[] = byDefault === 'spoof' ? [...request.decisions] : ['spoof', ...request.decisions];
  const others = all.filter((decision) => decision !== byDefault);
  return request.layout === 'submenu' ? [byDefault, ...others] : others;
}

/** What the user should know of a default entry that does not make every address anonymous. */
export function defaultNotes(where: string, byDefault: Decision): string[] {
  return byDefault === 'spoof' ? [] : [`${where}: the default entry has macveil=${byDefault}, and keeps it`];
}
