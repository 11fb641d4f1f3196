import { isShell } from './tools.mjs';

/** Shell in an image only copies and calls the binary; a longer file has begun to decide (docs/architecture.md). */
const HOOK_SHELL_LINES = 40;
/** From here a file asks to be split (CONTRIBUTING.md). */
const FILE_LINES = 200;
const CODE = /\.(?:ts|mjs|c|h)$/;

// By shape, not by name: a list of the names would itself be what it forbids.
const SOFTWARE_HOST =
  /\b(?:registry|deb|ftp|mirrors?|archive|snapshot|security|downloads?|cdn|proxy)\.[a-z0-9-]+\.(?:org|com|net|io|dev|cn)\b/i;
const DOWNLOAD = /\bhttps?:\/\/[^\s'"`)>]+\.(?:t?[gx]z|tar|zip|deb|dsc|iso|zst|exe|whl)\b/i;

/** Shell files below hooks/ that are longer than they may be. */
export function hookShellProblems(path, text) {
  const lines = countLines(text);
  if (!path.startsWith('hooks/') || !isShell(text) || lines <= HOOK_SHELL_LINES) return [];
  return [`${path}: ${lines} lines of shell, ${HOOK_SHELL_LINES} at most; move the decision into src/hook`];
}

/** Names of package hosts and addresses of downloads: every user has other ones, and set-up takes the host's own. */
export function addressProblems(path, text) {
  return text.split('\n').flatMap((line, index) => {
    const found = SOFTWARE_HOST.exec(line) ?? DOWNLOAD.exec(line);
    return found
      ? [`${path}:${index + 1}: names a package host or download (${found[0]}); use the user's own sources`]
      : [];
  });
}

/** A lockfile that pins where its packages came from cannot be installed where another registry is configured. */
export function lockfileProblems(path, text) {
  if (!path.endsWith('package-lock.json') || !/"resolved"\s*:/.test(text)) return [];
  return [`${path}: holds "resolved" addresses; .npmrc omits them: run npm install again`];
}

/** Code files that ask to be split; a warning, never a failure. */
export function sizeWarnings(path, text) {
  const lines = countLines(text);
  return CODE.test(path) && lines > FILE_LINES
    ? [`${path}: ${lines} lines; a file above ${FILE_LINES} asks to be split`]
    : [];
}

function countLines(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
