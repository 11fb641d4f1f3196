import type { PolicyChoices } from '../core/manifest.ts';
import type { ModuleClass, Policy } from './policy.ts';

/** What decided about a module: its class as macveil has it, or one of the image's choices. */
export type DecidedBy = 'default' | 'class' | 'strict' | 'allow' | 'block';

/** Whether a module is kept from loading, and what decided so. */
export interface Ruling {
  blocked: boolean;
  policy: DecidedBy;
}

/** What a ruling depends on; `choke` says that the module itself imports a symbol which makes an interface. */
export interface Subject {
  name: string;
  class: ModuleClass;
  choke: boolean;
}

/** Classes that no choice can change: nothing is known of the one, and the other is a choice already. */
const FIXED: ReadonlySet<string> = new Set(['unreadable', 'chosen']);

/** The ruling on one module; names in `choices` are as modprobe has them. The nearer a choice names it, the more it counts. */
export function ruleOn(subject: Subject, choices: PolicyChoices, policy: Policy): Ruling {
  if (choices.block.includes(subject.name)) return { blocked: true, policy: 'block' };
  if (choices.allow.includes(subject.name)) return { blocked: false, policy: 'allow' };
  const byClass = ruleOnClass(subject.class, choices, policy);
  if (!byClass.blocked && choices.strict && subject.choke) return { blocked: true, policy: 'strict' };
  return byClass;
}

/** The ruling on a module if no choice named it. */
export function ruleUnnamed(subject: Subject, choices: PolicyChoices, policy: Policy): Ruling {
  return ruleOn(subject, { ...choices, allow: [], block: [] }, policy);
}

/** Classes that `--class` and the configuration can block or allow. */
export function settableClasses(policy: Policy): string[] {
  return Object.keys(policy.blocked).filter((name) => !FIXED.has(name));
}

function ruleOnClass(name: ModuleClass, { classes }: PolicyChoices, policy: Policy): Ruling {
  // Choices that were read from a file may name what none can change.
  const choice = Object.hasOwn(classes, name) && !FIXED.has(name) ? classes[name] : undefined;
  if (choice === undefined) return { blocked: policy.blocked[name], policy: 'default' };
  return { blocked: choice === 'block', policy: 'class' };
}
