import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { BuildError } from '../image/build-error.mjs';
import { debianKeyring, hostMirror } from '../image/mirror.mjs';
import { capture } from './program.mjs';

/**
 * The host's own Debian archive seen as another suite or architecture: apt with a configuration of its own in `home`, so
 * that nothing of the host changes, whichever suites it knows itself.
 */
export async function openArchive(home, { suite, architecture }) {
  const options = await prepare(resolve(home), suite, architecture);
  await capture('apt-get', [...options, 'update']);
  return {
    /** Fields of the newest version of a package. */
    show: async (name) =>
      parseFields(await capture('apt-cache', [...options, 'show', '--no-all-versions', name])),
    /** Fetches one package into an empty folder; apt checks it against the signed index. Returns the file. */
    download: (name, directory) => download(options, name, directory),
  };
}

async function prepare(home, suite, architecture) {
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(home, folder), { recursive: true });
  const source = `deb [signed-by=${debianKeyring()}] ${await hostMirror()} ${suite} main\n`;
  writeFileSync(join(home, 'sources.list'), source);
  return [
    '-q',
    ...Object.entries({
      'Dir::Etc::sourcelist': join(home, 'sources.list'),
      'Dir::Etc::sourceparts': '/dev/null',
      'Dir::State::lists': join(home, 'lists'),
      // What the host has installed has no say in what is newest.
      'Dir::State::status': '/dev/null',
      'Dir::Cache': join(home, 'cache'),
      'APT::Architecture': architecture,
      'APT::Architectures': architecture,
      'APT::Sandbox::User': userInfo().username,
      'Acquire::Languages': 'none',
      // Without this a failed update counts as a warning, and an old index is used.
      'APT::Update::Error-Mode': 'any',
    }).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
  ];
}

async function download(options, name, directory) {
  mkdirSync(directory, { recursive: true });
  await capture('apt-get', [...options, 'download', name], { cwd: directory });
  const files = readdirSync(directory).filter((file) => file.endsWith('.deb'));
  if (files.length === 1) return join(directory, files[0]);
  throw new BuildError(`apt-get fetched ${files.length} packages instead of ${name}`, 'run this again');
}

function parseFields(text) {
  const fields = text.split('\n').map((line) => /^([A-Za-z-]+): (.*)$/.exec(line));
  return Object.fromEntries(fields.filter(Boolean).map(([, key, value]) => [key, value]));
}
