import type { Report } from '../core/report.ts';
import type { FrameSummary } from './frames.ts';
import type { GuestInterface } from './guest.ts';
import type { Leak } from './leak.ts';
import type { Nic } from './nics.ts';

/** What was seen of one card from outside the guest. */
export interface Traffic {
  nic: Nic;
  frames: FrameSummary;
  /** Real addresses of any card of the machine found in this card's frames. */
  leaks: Leak[];
}

/** The same with what was seen of the card from inside the guest. */
export interface NicObservation extends Traffic {
  /** The guest's PCI bus has this card, whatever became of it. */
  present: boolean;
  /** The interface in this card's slot; null when the guest has none. */
  seen: GuestInterface | null;
}

/** Everything a verdict looks at. */
export interface Observation {
  nics: NicObservation[];
  /** Every interface of the guest but lo, also those that belong to no card. */
  interfaces: GuestInterface[];
  /** The hook's own report; null when the image has none or it cannot be read. */
  report: Report | null;
  /** Why there is no report, in words. */
  reportProblem: string;
}
