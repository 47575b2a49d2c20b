import { workerContract } from '../../apps/gateway/test/contracts/worker-contract.ts';
import { PiBench } from './open-pi.ts';

workerContract({
  name: 'pi (real CLI)',
  capabilities: {
    process: 'hot',
    supports_reasoning: true,
    supports_permission: true,
    supports_question: true,
    supports_elicitation: false,
    supports_resume: true,
    supports_delta: true,
    supports_tool_call: true,
    modalities: ['text', 'image'],
    steer: true,
    interrupt: true,
    permission_modes: ['default', 'acceptEdits', 'dontAsk'],
  },
  setUp: () => PiBench.open(),
  prompts: {
    text: { prompt: 'Say it. @@text', says: 'A short answer, told in pieces.' },
    reasoning: 'Think. @@think',
    tool: 'Look around. @@look',
    permission: 'Make it. @@touch(made)',
    question: 'Ask me. @@ask',
    endless: 'Go on and on. @@slow',
    steerable: 'Wait for me. @@wait',
    memory: {
      remember: 'The word is plum. @@text(Noted.)',
      recall: 'What was it? @@recall',
      fact: 'The word is plum.',
    },
  },
});
