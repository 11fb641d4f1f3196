/** What the user wants: change addresses, keep real ones, wait for a choice, or no network for good. */
export type Decision = 'spoof' | 'keep' | 'ask' | 'offline';

/** A decision with where it came from; `blocked` is the state of a command line that cannot be read one way. */
export interface DecisionState {
  decision: Decision | 'blocked';
  source: 'default' | 'cmdline' | 'decided';
  /** Why the network is blocked, in words; '' when it is not. */
  reason: string;
}
