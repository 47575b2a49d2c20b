/** A function that ran, and where it is written. */
export type Frame = { name: string; source: string };

/** What belongs to which part, by the innermost function of which that can be said. */
const rules: readonly (readonly [part: string, source: RegExp])[] = [
  ['store: SQLite and its rows', /better-sqlite3|^src\/store\/|^src\/ground\/.*sql/],
  ['checking lines (zod)', /\/zod\//],
  ['cutting lines', /^src\/process\/line-reader/],
  ['frames: making and handing out', /^src\/connection\/(?:wire-frames|log-follower)|^src\/session\/frame/],
  ['writing to sockets', /\/ws\/|^src\/connection\/web-socket/],
  ['policy', /^src\/policy\/|judge/],
  ['lines as JSON, translating', /^src\/worker\//],
  ['session: turn, watch, numbers, JSON', /^src\/session\//],
  ['metrics', /prom-client|^src\/prometheus|^src\/.*metrics/],
  ['connections: prompts, pings', /^src\/connection\//],
  ['processes: reads and watches', /^src\/process\//],
  ['other parts of the gateway', /^src\/|packages\/|node_modules/],
];

/** What V8 and Node do for nobody of these. */
const own: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'event loop, outside of JavaScript'],
]);

/** The part to which a sample belongs, from the innermost function to the outermost; undefined: nothing was done. */
export function partOf(stack: readonly Frame[]): string | undefined {
  const [leaf] = stack;
  if (!leaf || leaf.name === '(idle)') return undefined;
  const native = own.get(leaf.name);
  if (native) return native;
  for (const { source } of stack) {
    const rule = rules.find(([, written]) => written.test(source));
    if (rule) return rule[0];
  }
  if (stack.some(({ name }) => name === 'onStreamRead')) return 'reading pipes (Node’s streams)';
  if (stack.some(({ name }) => name === 'processTimers')) return 'timers';
  return 'Node itself';
}
