import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleWorker } from '../../build/fuzz/bundle.mjs';
import { fuzz } from '../../build/fuzz/fuzz.mjs';
import { printResult } from '../../build/fuzz/report.mjs';

const RUNS = 200_000;

test(`${RUNS} spoiled modules, lists and archives end in a result or an error that was meant`, async () => {
  const seed = 1;
  const result = await fuzz({ worker: await bundleWorker(), seed, to: RUNS, limit: 100 });
  assert.ok(printResult(result, { seed, command: `node build/fuzz.mjs --seed ${seed}` }), 'see above');
  assert.is(result.runs, RUNS);
});

test.run();
