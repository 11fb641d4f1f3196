import { SystemError } from '../system.ts';

/** The lock of the fake machine's one process. */
export interface LockState {
  /** Path of the file whose lock is held; '' for none. */
  locked: string;
}

export function lock(state: LockState, path: string, make: () => void): void {
  if (state.locked !== '') throw new SystemError(`lock ${path}`, 'EDEADLK');
  make();
  state.locked = path;
}

export function unlock(state: LockState): void {
  if (state.locked === '') throw new SystemError('unlock', 'ENOLCK');
  state.locked = '';
}
