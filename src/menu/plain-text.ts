import { lineAt, problem } from './problem.ts';

/** Refuses what no boot loader's configuration is: an empty file, bytes that are no text, lines that end as in DOS. */
export function requirePlainText(path: string, text: string): void {
  if (text.trim() === '')
    throw problem(path, 1, 'the file is empty', 'name the configuration that boots the image');
  const binary = /[\0\uFFFD]/.exec(text);
  if (binary) {
    const hint = 'name a text file in UTF-8, the configuration of the loader and not the loader itself';
    throw problem(path, lineAt(text, binary.index), 'this is no text', hint);
  }
  const carriage = text.indexOf('\r');
  if (carriage < 0) return;
  const hint = 'convert the file (dos2unix), then run the command again';
  throw problem(path, lineAt(text, carriage), 'the line ends with CR LF, as in DOS', hint);
}
