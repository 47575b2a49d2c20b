import { expect, test } from 'vitest';
import { shareOut } from '../bench/profile/share-out.ts';

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  ...{ id, children },
  callFrame: { functionName, url, lineNumber: 0 },
});
const nodes = [
  node(1, '(root)', '', [2, 3, 4, 8]),
  node(2, '(idle)', ''),
  node(3, '(garbage collector)', ''),
  node(4, 'onStreamRead', 'node:internal/stream_base_commons', [5]),
  node(5, 'run', 'file:///x/node_modules/better-sqlite3/lib/statement.js', [6]),
  node(6, 'emit', 'node:events', [7]),
  node(7, 'send', 'file:///x/node_modules/ws/lib/websocket.js'),
  node(8, 'processTimers', 'node:internal/timers'),
];

test('a profile is shared out by the innermost function that has a part, and waiting is none', () => {
  const samples = [1, 2, 3, 4, 5, 6, 7, 8];
  const profile = { nodes, startTime: 1_000, samples, timeDeltas: [1, 2, 4, 8, 16, 32, 64, 128] };
  expect(shareOut(profile, [1_000, 2_000])).toEqual([
    { part: 'timers', us: 128 },
    { part: 'writing to sockets', us: 64 },
    { part: 'store: SQLite and its rows', us: 48 },
    { part: 'reading pipes (Node’s streams)', us: 8 },
    { part: 'garbage collection', us: 4 },
    { part: 'Node itself', us: 1 },
  ]);
  expect(shareOut(profile, [1_020, 1_040])).toEqual([{ part: 'store: SQLite and its rows', us: 16 }]);
});
