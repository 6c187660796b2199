import { cronProblem } from "../../../model/limits/cron";

test.each(["0 0 1 1 0", "59 23 31 12 6", "*/15 * * jan,dec sun-sat", "0 3 1-7 * ?", "5,35 2 * * *", "*/1 7/2 * JAN-Dec Sat"])(
  "Velero's library reads '%s'",
  (schedule) => expect(cronProblem(schedule)).toBeUndefined(),
);

test.each([
  ["60 0 * * *", "'60' is no minute of a schedule: 0 to 59"],
  ["0 24 * * *", "'24' is no hour of a schedule: 0 to 23"],
  ["0 0 0 * *", "'0' is no day of the month of a schedule: 1 to 31"],
  ["0 0 32 * *", "'32' is no day of the month"],
  ["0 0 * 0 *", "'0' is no month of a schedule: 1 to 12"],
  ["0 0 * 13 *", "'13' is no month"],
  ["0 0 * * 7", "'7' is no day of the week of a schedule: 0 to 6"],
  ["0 0 * sun *", "'sun' is no month"],
  ["0 0 0-5 * *", "'0-5' is no day of the month"],
  ["0 20-24 * * *", "'20-24' is no hour"],
  ["0 1e1 * * *", "'1e1' is no hour"],
  ["/5 * * * *", "'/5' is no minute"],
  ["0 1/2/3 * * *", "'1/2/3' is no hour"],
  ["0 0 * *", "'' is no day of the week of a schedule: 0 to 6, *, */n, a-b or a,b"],
  [" 0 * * *", "'' is no minute"],
  ["*/0 * * * *", "'*/0' is no minute"],
  ["*/5x * * * *", "'*/5x' is no minute"],
  ["*/ * * * *", "'*/' is no minute"],
  ["0 5-2 * * *", "'5-2' is no hour"],
  ["0 1-2-3 * * *", "'1-2-3' is no hour"],
  ["0 1, * * *", "'1,' is no hour"],
])("and not '%s'", (schedule, problem) => expect(cronProblem(schedule)).toContain(problem));
