import { main } from '@madoguchi/service';
import { reservations } from './service.ts';

await main(reservations);
