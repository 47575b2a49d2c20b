// pnpm bench:cluster [--only takeover,load] [--times N] [--lease 10s]
import { parseArgs } from 'node:util';
import { compareNodes } from './compare-nodes.ts';
import { compareTakeovers } from './compare-takeovers.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'takeover,load' },
    times: { type: 'string', default: '9' },
    lease: { type: 'string', default: '10s' },
  },
});
const only = new Set(values.only.split(','));
const times = Number(values.times);
if (only.has('takeover')) await compareTakeovers({ times, lease: values.lease });
if (only.has('load')) await compareNodes({ times });
