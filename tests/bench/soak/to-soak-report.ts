import { markdownTable } from '../report/markdown-table.ts';
import { median } from '../statistics.ts';
import { fewestMinutes, type Growth, grown, judgeGrowth, tolerance } from './judge-soak.ts';
import type { Minute } from './minute.ts';
import type { Soak } from './run-soak.ts';

const columns: readonly { name: keyof Minute; title: string; digits: number }[] = [
  { name: 'resident', title: 'resident, MiB', digits: 1 },
  { name: 'anonymous', title: 'in no file, MiB', digits: 1 },
  { name: 'heap', title: 'JavaScript, MiB', digits: 1 },
  { name: 'external', title: 'buffers, MiB', digits: 1 },
  { name: 'openFiles', title: 'open files', digits: 0 },
  { name: 'threads', title: 'threads', digits: 0 },
  { name: 'database', title: 'database, MiB', digits: 1 },
  { name: 'log', title: 'its log, MiB', digits: 1 },
  { name: 'lateMs', title: 'event loop p99, ms', digits: 1 },
  { name: 'eventsPerSecond', title: 'events/s', digits: 0 },
  { name: 'busyPercent', title: 'CPU, %', digits: 1 },
  { name: 'cpuPerEvent', title: 'CPU, µs/event', digits: 0 },
];
const minutesPerRow = 5;

/** A soak as tables: how the gateway stood, five minutes in each row, and by how much its memory grew. */
export function toSoakReport(soak: Soak): string {
  const { began, machine, seed, sessions, speakers, minutes, deeds } = soak;
  const { turns, connections, agentsEnded, sessionsDeleted, problems } = deeds;
  return [
    `Begun on ${began.slice(0, 16).replace('T', ' at ')} UTC (seed ${seed}). The machine: ${machine}. ` +
      `${sessions} sessions, of which ${speakers} speak at a time. ${turns} turns were heard to their end; clients connected ` +
      `${connections} times, ${agentsEnded} agents were ended, ${sessionsDeleted} sessions deleted.`,
    toTable(minutes),
    toGrowthTable(judgeGrowth(soak)),
    toVerdict(soak),
    ...problems.map((problem) => `* problem: ${problem}`),
  ].join('\n\n');
}

function toTable(minutes: readonly Minute[]): string {
  const rows: string[][] = [];
  for (let from = 0; from < minutes.length; from += minutesPerRow) {
    const some = minutes.slice(from, from + minutesPerRow);
    const cells = columns.map(({ name, digits }) => show(median(some.map((minute) => minute[name])), digits));
    rows.push([`${from}–${from + some.length}`, ...cells]);
  }
  return markdownTable({ head: ['minutes', ...columns.map(({ title }) => title)], rows, words: 1 });
}

function toGrowthTable(growths: readonly Growth[]): string {
  const rows = growths.map(({ name, perHour: { slope, least, most } }) => [
    ...[grown[name], show(slope, 1), `${show(least, 1)} to ${show(most, 1)}`],
  ]);
  return markdownTable({ head: ['second half', 'MiB/h', '95 %'], rows, words: 1 });
}

function toVerdict(soak: Soak): string {
  if (soak.minutes.length < fewestMinutes)
    return `No verdict: ${soak.minutes.length} minutes say nothing of an hour, ${fewestMinutes} are the least.`;
  const words = {
    flat: `is flat: it grows by no more than ${tolerance * 100} % an hour`,
    grows: `grows, by more than ${tolerance * 100} % an hour`,
    open: 'may be flat or not: what was measured does not tell',
  };
  return judgeGrowth(soak)
    .map(({ name, verdict }) => `* ${grown[name]}: ${words[verdict]}`)
    .join('\n');
}

/** Of one minute there is no growth. */
const show = (value: number, digits: number) =>
  Number.isNaN(value)
    ? '–'
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
