import { burst } from './burst.ts';
import { flood } from './flood.ts';
import { growth } from './growth.ts';
import { history } from './history.ts';
import { hotTurn } from './hot-turn.ts';
import { instructions } from './instructions.ts';
import { long } from './long.ts';
import { opening } from './opening.ts';
import { paced } from './paced.ts';
import { processes } from './processes.ts';
import { replay } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { slowClient } from './slow-client.ts';
import { start } from './start.ts';

/** Everything that the bench measures, in the order of its report. */
export const scenarios: readonly Scenario[] = [
  ...[
    flood,
    burst,
    paced,
    slowClient,
    hotTurn,
    opening,
    start,
    replay,
    history,
    growth,
    long,
    processes,
    instructions,
  ],
];
