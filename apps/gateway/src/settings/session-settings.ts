import { z } from 'zod';
import { amount, count, duration, flag, live } from './values.ts';

/** How patient a session is and what it holds; the section `session` of the configuration. */
export const sessionSettings = z
  .strictObject({
    permission_timeout: duration
      .default(300_000)
      .describe('After this an unanswered request counts as refused.')
      .meta(live),
    interrupt_timeout: duration
      .default(5_000)
      .describe('After this an agent that ignores an interrupt is ended.')
      .meta(live),
    first_event_timeout: duration
      .default(300_000)
      .describe('How long an agent may take to say its first word in a turn; 0 for ever, as below.')
      .meta(live),
    inactivity_timeout: duration
      .default(3_600_000)
      .describe('How long it may be silent later in a turn, while nobody is asked anything.')
      .meta(live),
    turn_timeout: duration.default(0).describe('How long a turn may take.').meta(live),
    idle_timeout: duration
      .default(1_800_000)
      .describe('How long a process without work is kept hot.')
      .meta(live),
    max_lifetime: duration
      .default(86_400_000)
      .describe('How old a process may get; it is ended between turns.')
      .meta(live),
    retention: duration
      .default(0)
      .describe('How long a session is kept after the last thing that happened in it; 0 for ever.')
      .meta(live),
    share_links: flag
      .default(true)
      .describe(
        'Whether people may hand out links to read their sessions; without it those there are open nothing.',
      ),
    max_queue: count.default(50).describe('How many prompts may wait in one session.').meta(live),
    max_input_size: count.default(1_048_576).describe('Longest prompt, bytes.').meta(live),
    max_tool_calls: amount
      .default(2_000)
      .describe(
        'How many tools an agent may use in one turn before that is interrupted; 0 without limit, as below.',
      )
      .meta(live),
    max_output: amount
      .default(268_435_456)
      .describe('How much an agent and its tools may put out in one turn, in characters.')
      .meta(live),
    max_cost: amount
      .default(0)
      .describe(
        'How many US dollars a session may cost before it pauses and asks whether it goes on with as much again, where its agent says so.',
      )
      .meta(live),
    max_tokens: amount.default(0).describe('The same of tokens.').meta(live),
    max_work: duration.default(0).describe('The same of the time that its agent works.').meta(live),
    max_quota_wait: duration
      .default(21_600_000)
      .describe(
        'How long it is waited for the quota of a subscription, where the agent says when there is another; the conversation then goes on by itself. 0 for not at all.',
      )
      .meta(live),
  })
  .prefault({});
