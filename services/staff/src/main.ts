import { main } from '@madoguchi/service';
import { staff } from './service.ts';

await main(staff);
