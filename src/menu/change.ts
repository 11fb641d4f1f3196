import type { Decision } from '../core/decision.ts';
import type { Titles } from './titles.ts';

/** One file of a loader's configuration: as it is, and as it is to be; null where there is none. */
export interface FileChange {
  path: string;
  before: string | null;
  after: string | null;
}

/** What a menu is to offer. */
export interface MenuRequest {
  /** Decisions to offer beside the default entry, in the order of the menu. */
  decisions: readonly Decision[];
  titles: Titles;
  layout: 'flat' | 'submenu';
  /** The entry that stands for the default one, as the loader names it; null for the loader's own default. */
  entry: string | null;
  /** True to take everything out again. */
  remove: boolean;
}

/** What is to be done to one loader's files, and what its user should know. */
export interface MenuPlan {
  changes: FileChange[];
  notes: string[];
}

/** The text of a file of the configuration, checked; null where there is no such file. */
export type ReadText = (path: string) => string | null;
