import type { SessionSummary } from '@hotplex/client-sdk';
import { plainLine } from '../terminal/plain-text.ts';

/** What is asked before a session is deleted. Agents give titles, too. */
export const deleteQuestion = ({ id, title }: Pick<SessionSummary, 'id' | 'title'>): string =>
  `Delete ${id} (${plainLine(title ?? 'without a title', 60)}) for good? [y/n] `;
