import { writeHostileProgram } from '../../apps/gateway/test/contracts/worker-contract/hostile-program.ts';
import { workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { acpCapabilities } from './acp-capabilities.ts';
import { openAcp, realProgram } from './open-acp.ts';

const agent = 'opencode';

/** NOTE: without `failures`: OpenCode tries again in silence for more than a minute, longer than a test may take. */
workerContract({
  name: 'acp: opencode acp',
  capabilities: acpCapabilities,
  setUp: () => openAcp({ agent }),
  setUpMissing: () => openAcp({ agent, command: () => '/nowhere/opencode' }),
  setUpHostile: (hostility) =>
    openAcp({
      agent,
      command: (root) => writeHostileProgram(root, { hostility, file: realProgram('opencode') }),
    }),
  prompts: {
    text: {
      prompt: '@@text(Here are some words in more than one piece.)',
      says: 'Here are some words in more than one piece.',
    },
    reasoning: '@@think',
    tool: '@@parallel',
    edit: { prompt: '@@edit(notes.txt)', file: 'notes.txt', adds: 'BETA' },
    permission: '@@touch(made)',
    endless: '@@slow',
    endlessTool: '@@bash(sleep 600)',
    memory: {
      remember: 'The word is plum. @@text(Noted.)',
      recall: '@@recall',
      fact: 'The word is plum.',
      unknownSession: 'ses_000000000000aaaaaaaaaaaaaa',
    },
    grandchild: '@@bash(sh grandchild.sh)',
  },
  commands: {
    set_model: { args: 'fake/fake-2' },
    model: { args: 'fake/fake-2' },
    set_permission: { args: 'plan' },
    context_usage: {},
    skills: {},
    clear: {},
  },
});
