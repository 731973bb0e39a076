import { main } from '@madoguchi/service';
import { notices } from './service.ts';

await main(notices);
