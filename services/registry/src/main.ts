import { main } from '@madoguchi/service';
import { registry } from './service.ts';

await main(registry);
