import type { ServerData, ServerEnvelope, SessionTotals } from '@hotplex/aep-protocol';

/** How full the agent's context is; tokens as far as it told them. */
export type ContextReading = {
  percent: number;
  used?: number;
  size?: number;
  categories?: readonly { name: string; tokens: number }[];
};

export type AgentCommand = { name: string; description?: string | undefined };

/** What the agent of a session last told of itself, beside its answers. */
export type AgentReport = {
  context?: ContextReading;
  /** Its slash commands and skills. */
  commands?: readonly AgentCommand[];
  /** Sums over the turns of the session. */
  totals?: SessionTotals;
  model?: string;
};

/** The report after one more event of the session. */
export function nextReport(report: AgentReport, { event }: ServerEnvelope): AgentReport {
  switch (event.type) {
    case 'context_usage':
      return { ...report, context: toReading(event.data) };
    case 'skills_list':
      // A list that was asked for by a word is not all of them.
      return event.data.filter ? report : { ...report, commands: event.data.skills };
    case 'done':
      return afterTurn(report, event.data.stats);
    default:
      return report;
  }
}

function toReading(data: ServerData<'context_usage'>): ContextReading {
  const { percentage: percent, total_tokens: used, max_tokens: size, categories } = data;
  return { percent, used, size, ...(categories ? { categories } : {}) };
}

/** The parts of an older reading are no longer true after a turn; how much fits in still is. */
function afterTurn(report: AgentReport, stats: ServerData<'done'>['stats']): AgentReport {
  const { _session: totals, context_used_percent: percent, model } = stats ?? {};
  const size = report.context?.size;
  return {
    ...report,
    ...(totals ? { totals } : {}),
    ...(model ? { model } : {}),
    ...(typeof percent === 'number'
      ? {
          context: {
            percent,
            ...(size === undefined ? {} : { size, used: Math.round((size * percent) / 100) }),
          },
        }
      : {}),
  };
}
