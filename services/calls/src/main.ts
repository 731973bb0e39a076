import { main } from '@madoguchi/service';
import { calls } from './service.ts';

await main(calls);
