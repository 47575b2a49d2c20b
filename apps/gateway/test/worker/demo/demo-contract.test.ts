import { execPath } from 'node:process';
import { floodText } from '../../../src/worker/demo/flood-text.ts';
import { writeHostileProgram } from '../../contracts/worker-contract/hostile-program.ts';
import { workerContract } from '../../contracts/worker-contract.ts';
import { setUpDemo } from './set-up-demo.ts';

workerContract({
  name: 'demo',
  capabilities: {
    process: 'hot',
    supports_resume: true,
    supports_delta: true,
    supports_tool_call: true,
    supports_reasoning: true,
    supports_permission: true,
    supports_question: true,
    supports_elicitation: true,
    modalities: ['text'],
    steer: true,
    interrupt: true,
    fork: true,
  },
  setUp: setUpDemo,
  setUpMissing: () => setUpDemo({ agentFile: '/nowhere/demo-agent.mjs' }),
  setUpHostile: (hostility) =>
    setUpDemo(async ({ workDir }) => ({
      node: await writeHostileProgram(workDir, { hostility, file: execPath }),
    })),
  prompts: {
    text: { prompt: 'flood 300', says: floodText(300) },
    reasoning: 'think',
    tool: 'tool',
    edit: { prompt: 'edit', file: 'src/kettle.ts', adds: 'Math.max' },
    permission: 'permission',
    question: 'question',
    elicitation: { prompt: 'form', content: { name: 'Ada', cups: 3 } },
    endless: 'wait',
    endlessTool: 'watch',
    steerable: 'wait',
    memory: { remember: 'remember the blue teapot', recall: 'recall', fact: 'the blue teapot' },
    crash: { prompt: 'crash', code: 3, stderr: 'demo-agent: made-up failure, as you asked\n' },
  },
  commands: {
    set_model: { args: 'demo-slow' },
    model: { args: 'demo-slow' },
    context_usage: {},
    mcp_status: {},
    skills: {},
    clear: {},
  },
  settings: { model: { value: 'demo-slow', prompt: 'pid' } },
});
