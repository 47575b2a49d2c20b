import type { ServerEnvelope } from '@hotplex/aep-protocol';
import type { SessionSummary } from '@hotplex/client-sdk';

/** A session to read: prompts, answers and what tools did, without what was taken back and without sub-agents. */
export async function toMarkdown(
  { title, worker_type: agent, work_dir: workDir, created_at: begun }: SessionSummary,
  events: AsyncIterable<ServerEnvelope>,
): Promise<string> {
  const blocks = new Map<string, string>();
  const add = (id: string, text: string) => void blocks.set(id, (blocks.get(id) ?? '') + text);
  for await (const { id, event } of events) {
    switch (event.type) {
      case 'input':
        add(id, `## ${event.data.author}\n\n${event.data.content}`);
        break;
      case 'message.delta':
        if (event.data.parent_id === undefined) add(`text:${event.data.message_id}`, event.data.content);
        break;
      case 'message':
        if (event.data.parent_id === undefined) add(`text:${event.data.id}`, event.data.content);
        break;
      case 'message.retract':
        for (const taken of event.data.message_ids) blocks.delete(`text:${taken}`);
        break;
      case 'tool_call':
        // Told again with more of it: the newest counts.
        if (event.data.parent_id === undefined)
          blocks.set(`tool:${event.data.id}`, `- ${event.data.name}: ${codeOf(event.data.title ?? '')}`);
        break;
      case 'error':
        add(id, `> ${event.data.code}: ${event.data.message}`);
        break;
      default:
    }
  }
  const head = `# ${title ?? 'A session'}\n\n${agent} in \`${workDir}\`, begun ${begun}`;
  return `${[head, ...blocks.values()].join('\n\n')}\n`;
}

/** A line of code in Markdown, whatever is in it. */
function codeOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
