import { describe } from 'vitest';
import { busContract } from '../contracts/bus-contract.ts';
import { openNatsRig } from './support/open-nats-rig.ts';

describe('a cluster that meets at NATS', () => busContract(openNatsRig));
