import * as assert from 'uvu/assert';
import { isOnPage, readPage } from '../../build/kernels/comparison.mjs';
import { note } from '../note.ts';

/**
 * Nothing may differ from what is on record, in the release that is on record. A later one may have brought it, and code that
 * did not change must not fail for that: then it is a note for people, with what to do.
 */
export function expectNone(release: string, found: string[], cure: string): void {
  if (isOnPage(readPage(), release)) assert.equal(found, [], cure);
  else if (found.length > 0) note(`${release} is not on record and differs: ${found.join(', ')}; ${cure}`);
}
