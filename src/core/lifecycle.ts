/**
 * Where one interface stands in this boot; docs/state-machine.md tells the same in words. `exempt` is not hardware; `gone`
 * has vanished, and what appears later is a new interface.
 */
export const STATES = ['new', 'held', 'begun', 'verified', 'failed', 'exempt', 'gone'] as const;
export type State = (typeof STATES)[number];

/** What the hook sees when it looks at an interface, whoever made it look: udev, `verify`, `watch`, `decide`. */
export const EVENTS = [
  /** Nothing of it is hardware. */
  'virtual',
  /** The decision in force does not open the network. */
  'closed',
  /** It was opened, or begun, under another decision than the one in force. */
  'strange',
  /** Its hardware was put away earlier in this boot, and is back. */
  'returned',
  /** There is no address that it could be given. */
  'unfit',
  /** There is one. */
  'fit',
  /** As read back from the kernel it keeps every rule of its decision. */
  'right',
  /** It breaks one, or the kernel refused what was asked of it. */
  'wrong',
  'vanished',
] as const;
export type Event = (typeof EVENTS)[number];

/** What is to be done: `release` and `speak` hand an interface to the network managers, everything else keeps it from them. */
export type Act = 'release' | 'silence' | 'change' | 'speak' | 'put-away' | 'none';

/** The state that an event leads to, and what brings it about. */
export interface Transition {
  next: State;
  act: Act;
}

/** Whatever the table does not foresee ends here: nothing unforeseen may speak. */
const PUT_AWAY: Transition = { next: 'failed', act: 'put-away' };
const HOLD: Transition = { next: 'held', act: 'silence' };
const CHANGE: Transition = { next: 'begun', act: 'change' };
const SPEAK: Transition = { next: 'verified', act: 'speak' };
const RELEASE: Transition = { next: 'exempt', act: 'release' };
const GONE: Transition = { next: 'gone', act: 'none' };

const UNDECIDED = { virtual: RELEASE, closed: HOLD, fit: CHANGE };

/** What is not here is PUT_AWAY; whatever has vanished is GONE, in every state. */
const TABLE: Record<State, Partial<Record<Event, Transition>>> = {
  new: UNDECIDED,
  held: UNDECIDED,
  begun: { closed: HOLD, fit: CHANGE, right: SPEAK },
  verified: { closed: HOLD, right: SPEAK },
  failed: {},
  exempt: { virtual: RELEASE },
  gone: Object.fromEntries(EVENTS.map((event) => [event, GONE])),
};

/** What becomes of an interface in this state when this is seen; there is an answer for every pair. */
export function transition(state: State, event: Event): Transition {
  return TABLE[state][event] ?? (event === 'vanished' ? GONE : PUT_AWAY);
}
