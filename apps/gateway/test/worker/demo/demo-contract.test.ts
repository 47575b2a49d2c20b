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
    modalities: ['text', 'image'],
    steer: true,
    interrupt: true,
    survives_restart: true,
    fork: true,
    rewind: true,
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
    image: {
      prompt: 'attached',
      says: '- a picture, image/png, 70 bytes, SHA-256 6b7fa434f92a8b80aab02d9bf1a12e49ffcae424e4013a1c4f68b67e3d2bbcd0',
    },
    tool: 'tool',
    edit: { prompt: 'edit', file: 'src/kettle.ts', adds: 'Math.max' },
    permission: 'permission',
    question: 'question',
    elicitation: { prompt: 'form', content: { name: 'Ada', cups: 3 } },
    endless: 'wait',
    endlessTool: 'watch',
    steerable: 'wait',
    memory: {
      ...{ remember: 'remember the blue teapot', recall: 'recall', fact: 'the blue teapot' },
      later: { remember: 'remember the red cup', recall: 'recall', fact: 'the red cup' },
    },
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
