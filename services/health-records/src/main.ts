import { main } from '@madoguchi/service';
import { healthRecords } from './service.ts';

await main(healthRecords);
