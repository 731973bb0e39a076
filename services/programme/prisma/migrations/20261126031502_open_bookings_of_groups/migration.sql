-- Bookings of a group are taken from a day on that comes before its first day of vaccination, or with it.
ALTER TABLE "priority_group" ADD COLUMN "bookable_from" DATE;
ALTER TABLE "priority_group" ADD CONSTRAINT "priority_group_bookable" CHECK (bookable_from IS NULL OR opens_on IS NULL OR bookable_from <= opens_on);
