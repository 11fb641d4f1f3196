import { args, createSystem, environment, exit } from '../system/quickjs.ts';
import { main } from './main.ts';

exit(main(createSystem(), { args: args(), environment }));
