import { audit } from '@madoguchi/audit/service';
import { calls } from '@madoguchi/calls/service';
import { consoleService } from '@madoguchi/console/service';
import { healthRecords } from '@madoguchi/health-records/service';
import { notices } from '@madoguchi/notices/service';
import { programme } from '@madoguchi/programme/service';
import { registry } from '@madoguchi/registry/service';
import { reservations } from '@madoguchi/reservations/service';
import type { Service } from '@madoguchi/service';
import { staff } from '@madoguchi/staff/service';

/** All services, in the order they start: the audit log first, the door last. */
export const ALL_SERVICES: readonly Service[] = [
  audit,
  staff,
  registry,
  healthRecords,
  notices,
  programme,
  reservations,
  calls,
  consoleService,
];
