import { CliError, EXIT } from '../cli/errors.ts';
import { ArchiveError } from './archive-error.ts';
import { Initrd } from './initrd.ts';
import { LIMITS, type Limits } from './limits.ts';
import { otherKind } from './other-files.ts';
import { type Keep, RootTree } from './root-tree.ts';
import { readSegments } from './segments.ts';
import { openSource, type Source } from './source.ts';

/** What of an initrd is to be kept, and how large it may be. */
export interface ReadOptions {
  /** Which regular files' contents are kept in memory; none by default. */
  keep?: Keep;
  /** For tests; LIMITS otherwise. */
  limits?: Partial<Limits>;
}

const AGAIN = 'copy it again, or rebuild it (update-initramfs, dracut, mkinitcpio)';

/** Opens an initrd as the kernel does; throws a CliError that names the byte at which it is not one. */
export async function readInitrd(file: string, options: ReadOptions = {}): Promise<Initrd> {
  const limits = { ...LIMITS, ...options.limits };
  const source = openSource(file);
  try {
    refuseOther(file, source);
    const tree = new RootTree(options.keep ?? (() => false), limits);
    const segments = await readSegments(source, tree, limits.unpacked);
    return new Initrd(file, segments, tree.root, tree.lost);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new CliError(EXIT.input, `${file}, byte ${error.at}: ${error.message}`, AGAIN);
  } finally {
    source.close();
  }
}

function refuseOther(file: string, source: Source): void {
  if (source.size === 0) throw new CliError(EXIT.input, `${file} is empty`, AGAIN);
  const other = otherKind(source);
  if (other) throw new CliError(EXIT.input, `${file} is ${other.what}, not an initrd`, other.hint);
}
