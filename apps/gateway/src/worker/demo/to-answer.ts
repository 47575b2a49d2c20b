import type { InteractionResponse } from '../worker.ts';
import type { DemoAnswer } from './messages.ts';
import { allowSession, deny } from './permission-options.ts';

/** A person's answer in the demo agent's words. Doubt denies. */
export function toAnswer(response: InteractionResponse): DemoAnswer {
  switch (response.kind) {
    case 'permission': {
      const { id, reason, updatedInput: input } = response;
      if (!response.allowed || response.optionId === deny)
        return { type: 'permission', id, allow: 'no', reason };
      const allow = response.optionId === allowSession ? 'session' : 'once';
      return { type: 'permission', id, allow, input };
    }
    case 'question':
      return { type: 'answers', id: response.id, answers: response.answers };
    case 'elicitation': {
      const { id, action, content } = response;
      return { type: 'form', id, action, content };
    }
  }
}
