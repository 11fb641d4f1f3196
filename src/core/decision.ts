import { normaliseName, type Parameter, parseCmdline } from './cmdline.ts';

/** What the user wants: change addresses, keep real ones, wait for a choice, or no network for good. */
export type Decision = 'spoof' | 'keep' | 'ask' | 'offline';

/** A decision with where it came from; `blocked` is the state of a command line that cannot be read one way. */
export interface DecisionState {
  decision: Decision | 'blocked';
  /** `panic`: a card could not be put away, so the network was shut for good, whatever had been decided. */
  source: 'default' | 'cmdline' | 'decided' | 'panic';
  /** Why the network is blocked, in words; '' when it is not. */
  reason: string;
}

/** The decisions that unblock the network. */
export type OpenDecision = 'spoof' | 'keep';

/** Every decision, as the kernel command line names it. */
export const DECISIONS: readonly Decision[] = ['spoof', 'keep', 'ask', 'offline'];
const WORD = 'macveil';
const CHOICES = 'macveil=spoof, keep, ask or offline';

/** True for text that names a decision. */
function isDecision(text: string): text is Decision {
  return (DECISIONS as readonly string[]).includes(text);
}

/** True when the network may be opened at all. */
export function isOpen(decision: DecisionState['decision']): decision is OpenDecision {
  return decision === 'spoof' || decision === 'keep';
}

/** The decision of a kernel command line; whatever cannot be read in exactly one way is `blocked`, never guessed. */
export function decisionFromCmdline(text: string): DecisionState {
  const { parameters, init } = parseCmdline(text);
  const ours = parameters.filter(isMacveilParameter);
  const complaint = firstComplaint(parameters, ours, init.filter(isMacveilParameter));
  if (complaint !== null) return blocked(complaint);
  const value = ours[0]?.value ?? null;
  if (value === null) return { decision: 'spoof', source: 'default', reason: '' };
  return { decision: value as Decision, source: 'cmdline', reason: '' };
}

/** The state of a boot whose command line says nothing usable, with the reason. */
export function blocked(reason: string): DecisionState {
  return { decision: 'blocked', source: 'cmdline', reason };
}

/**
 * What changes when somebody decides after boot: the new state, or why not. A decision taken is never replaced by
 * another one: an address that changes in mid-session is visible to everyone who listens.
 */
export function decideLater(current: DecisionState, wanted: string): DecisionState | { refused: string } {
  if (!isDecision(wanted) || wanted === 'ask')
    return { refused: `"${wanted}" cannot be decided; the choices are spoof, keep and offline` };
  if (current.decision === wanted) return current;
  if (current.decision === 'ask' || current.decision === 'blocked')
    return { decision: wanted, source: 'decided', reason: '' };
  return {
    refused: `the decision "${current.decision}" is in force until power-off; restart to choose "${wanted}"`,
  };
}

/** Any spelling that begins like our parameter is meant for us, so that a typing error is seen and not ignored. */
export function isMacveilParameter(parameter: Parameter): boolean {
  return normaliseName(parameter.name).startsWith(WORD);
}

function firstComplaint(all: Parameter[], ours: Parameter[], afterDashes: Parameter[]): string | null {
  const swallowed = all.find((word) => !word.closed && `${word.name}=${word.value}`.includes(WORD));
  if (swallowed) return `the quote in "${swallowed.name}" is never closed and hides a ${WORD} word`;
  if (afterDashes[0])
    return `"${show(afterDashes[0])}" stands after "--", where words belong to init; put it before`;
  for (const word of ours) {
    if (normaliseName(word.name) !== WORD) return `"${show(word)}" is not known; write ${CHOICES}`;
    if (word.value === null || !isDecision(word.value))
      return `"${show(word)}" is no decision; write ${CHOICES}`;
  }
  const [first, ...others] = ours;
  const other = others.find((word) => word.value !== first?.value);
  return first && other ? `"${show(first)}" and "${show(other)}" contradict each other` : null;
}

function show(word: Parameter): string {
  return word.value === null ? word.name : `${word.name}=${word.value}`;
}
