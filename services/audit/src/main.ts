import { main } from '@madoguchi/service';
import { audit } from './service.ts';

await main(audit);
