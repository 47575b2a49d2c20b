import { afterAll } from 'vitest';
import { troubleContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { OpenCodeBench } from './open-opencode.ts';
import { openCodeCliContract } from './opencode-cli-scene.ts';

const bench = await OpenCodeBench.open();
afterAll(() => bench[Symbol.asyncDispose]());

troubleContract(openCodeCliContract(bench));
