import type { CalendarDate } from '@madoguchi/kernel';
import type { AgeDays } from './eligibility-age.ts';
import type { History, Person } from './eligibility-history.ts';
import type { DoseRule, Rulebook } from './rulebook.ts';

export type Wanted = {
  doseNumber: number;
  productCode: string;
  date: CalendarDate;
  /** Only this programme's rules; those of every programme where absent. */
  programmeCode?: string;
};

/** A person's wish under one rule. */
export type Case = {
  person: Person;
  wanted: Wanted;
  rule: DoseRule;
  rules: Rulebook;
  history: History;
  days: AgeDays;
};
