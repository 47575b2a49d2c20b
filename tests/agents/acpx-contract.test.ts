import { expect, test } from 'vitest';
import { ofType } from '../../apps/gateway/test/contracts/of-type.ts';
import { textOf } from '../../apps/gateway/test/contracts/text-of.ts';
import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import { play, start } from '../../apps/gateway/test/contracts/worker-contract/play.ts';
import { workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { setClaudeModel } from './claude-model-scene.ts';
import { realProgram } from './open-acp.ts';
import { openAcpx } from './open-acpx.ts';

/** NOTE: without `failures`: they are the agent's, told by the same translation, and `acp` proves them with the same agent. */
workerContract({
  name: 'acpx: claude-agent-acp',
  capabilities: {
    process: 'hot',
    supports_resume: true,
    supports_delta: true,
    supports_tool_call: true,
    supports_reasoning: true,
    supports_permission: false,
    supports_question: false,
    supports_elicitation: false,
    modalities: ['text'],
    steer: false,
    interrupt: true,
    fork: false,
    rewind: false,
    survives_restart: false,
    permission_modes: ['default', 'acceptEdits', 'dontAsk'],
  },
  setUp: () => openAcpx(),
  setUpMissing: () => openAcpx({ acpx: () => '/nowhere/acpx' }),
  setUpHostile: (hostility) =>
    openAcpx({ acpx: (root) => writeHostileProgram(root, { hostility, file: realProgram('acpx') }) }),
  prompts: {
    text: {
      prompt: '@@text(Here are some words in more than one piece.)',
      says: 'Here are some words in more than one piece.',
    },
    reasoning: '@@think',
    tool: '@@parallel',
    edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
    endless: '@@slow',
    endlessTool: '@@bash(tail -f /dev/null)',
    memory: { remember: 'The word is plum. @@text(Noted.)', recall: '@@recall', fact: 'The word is plum.' },
    grandchild: '@@bash(sh grandchild.sh)',
  },
  commands: {
    set_model: setClaudeModel,
    // Once something was said acpx goes another way.
    model: { ...setClaudeModel, inConversation: true },
    set_permission: { args: 'acceptEdits' },
  },
  settings: {
    model: {
      value: 'haiku',
      prompt: '@@text',
      async prove(agent) {
        const [end] = ofType(await agent.turn('@@text'), 'done');
        expect(end?.data.stats?.model).toContain('haiku');
      },
    },
    allowed_tools: { value: ['execute'], prompt: '@@touch(made)' },
    agent: {
      value: 'claude',
      prompt: '@@text',
      async prove(agent) {
        const results = ofType(await agent.turn('@@parallel'), 'tool_call');
        // Its tools go by names that no other agent gives them.
        expect(results.map(({ data }) => data.name)).toEqual(['Bash', 'Bash']);
      },
    },
  },
});

test('acpx: [S5] a conversation whose queue owner still runs is taken over from it', () =>
  play(openAcpx, async (agent, stage) => {
    await agent.turn('The word is plum. @@text(Noted.)');
    await using next = start(stage, { resume: agent.session });
    expect(textOf(await next.turn('@@recall'))).toContain('The word is plum.');
    expect(next.all('context.lost')).toEqual([]);
    expect((await agent.exit()).reason).toBe('exited');
  }));
