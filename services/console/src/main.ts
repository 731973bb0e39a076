import { main } from '@madoguchi/service';
import { consoleService } from './service.ts';

await main(consoleService);
