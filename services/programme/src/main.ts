import { main } from '@madoguchi/service';
import { programme } from './service.ts';

await main(programme);
