import { execa } from 'execa';
import { CliError, EXIT } from '../../cli/errors.ts';
import { MAX_MODULE_SIZE } from './limits.ts';

/** A program that unpacks modules. */
export interface Tool {
  program: string;
  /** Debian's package that has it. */
  package: string;
  /** Arguments before the files to write all of them, unpacked and one after the other, to standard output. */
  unpack: string[];
  /** Unpacked size of each file; null where the file does not say. */
  sizes: (files: string[]) => Promise<(number | null)[]>;
}

/** Options users set for their own work (memory limits, threads) must not change what is read here. */
const environment = { LC_ALL: 'C', XZ_OPT: '', XZ_DEFAULTS: '', ZSTD_CLEVEL: '', ZSTD_NBTHREADS: '' };

/** Runs a tool to its end and returns its whole output; a failure of its own is in `failed`, a missing one throws. */
export async function runTool(tool: Pick<Tool, 'program' | 'package'>, args: string[]) {
  const result = await execa(tool.program, args, {
    encoding: 'buffer',
    env: environment,
    maxBuffer: MAX_MODULE_SIZE,
    reject: false,
    stdin: 'ignore',
  });
  throwIfMissing(tool, result.code);
  return {
    failed: result.failed,
    stdout: Buffer.from(result.stdout),
    stderr: Buffer.from(result.stderr).toString(),
  };
}

/** Runs a tool and hands its output on as it comes; true when it ended well. */
export async function streamTool(
  tool: Tool,
  files: string[],
  onChunk: (chunk: Buffer) => void,
): Promise<boolean> {
  const subprocess = execa(tool.program, [...tool.unpack, ...files], {
    buffer: false,
    env: environment,
    reject: false,
    stdin: 'ignore',
    stderr: 'ignore',
  });
  subprocess.stdout.on('data', onChunk);
  const result = await subprocess;
  throwIfMissing(tool, result.code);
  return !result.failed;
}

function throwIfMissing(tool: Pick<Tool, 'program' | 'package'>, code: string | undefined): void {
  if (code !== 'ENOENT') return;
  throw new CliError(
    EXIT.tool,
    `${tool.program} is needed to read this kernel's modules and is not installed`,
    `install it, on Debian with: apt-get install ${tool.package}`,
  );
}
