// Checks the rules of this project that a program can check; each rule is a function below build/lint/.
import { fileURLToPath } from 'node:url';
import { runLinters } from './lint/run.mjs';
import { printResult } from './test/report.mjs';

if (process.argv.length > 2) {
  console.error(`unknown argument ${process.argv[2]}\nusage: node build/lint.mjs`);
  process.exit(2);
}
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
runLinters((result) => {
  printResult(result);
  if (result.failed > 0) process.exitCode = 1;
});
