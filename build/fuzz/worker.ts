import { serve } from './serve.ts';
import { allTargets } from './targets.ts';

await serve(allTargets);
