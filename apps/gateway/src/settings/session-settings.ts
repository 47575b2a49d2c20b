import { z } from 'zod';
import { amount, count, duration, flag } from './values.ts';

/** How patient a session is and what it holds; the section `session` of the configuration. */
export const sessionSettings = z
  .strictObject({
    permission_timeout: duration
      .default(300_000)
      .describe('After this an unanswered request counts as refused.'),
    interrupt_timeout: duration
      .default(5_000)
      .describe('After this an agent that ignores an interrupt is ended.'),
    first_event_timeout: duration
      .default(300_000)
      .describe('How long an agent may take to say its first word in a turn; 0 for ever, as below.'),
    inactivity_timeout: duration
      .default(3_600_000)
      .describe('How long it may be silent later in a turn, while nobody is asked anything.'),
    turn_timeout: duration.default(0).describe('How long a turn may take.'),
    idle_timeout: duration.default(1_800_000).describe('How long a process without work is kept hot.'),
    max_lifetime: duration
      .default(86_400_000)
      .describe('How old a process may get; it is ended between turns.'),
    retention: duration
      .default(0)
      .describe('How long a session is kept after the last thing that happened in it; 0 for ever.'),
    share_links: flag
      .default(true)
      .describe(
        'Whether people may hand out links to read their sessions; without it those there are open nothing.',
      ),
    max_queue: count.default(50).describe('How many prompts may wait in one session.'),
    max_input_size: count.default(1_048_576).describe('Longest prompt, bytes.'),
    max_tool_calls: amount
      .default(2_000)
      .describe(
        'How many tools an agent may use in one turn before that is interrupted; 0 without limit, as below.',
      ),
    max_output: amount
      .default(268_435_456)
      .describe('How much an agent and its tools may put out in one turn, in characters.'),
    max_cost: amount
      .default(0)
      .describe(
        'How many US dollars a session may cost before no further prompt is taken, where its agent says so.',
      ),
  })
  .prefault({});
