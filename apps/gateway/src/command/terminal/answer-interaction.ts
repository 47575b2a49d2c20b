import type { ServerData, ServerEvent } from '@hotplex/aep-protocol';
import type { AepClient } from '@hotplex/client-sdk';
import { answerForm } from './answer-form.ts';
import { answerQuestions } from './answer-questions.ts';
import type { Dialogue } from './dialogue.ts';
import { escapeUnseen, plainLine, plainText } from './plain-text.ts';

type Answerer = {
  client: Pick<AepClient, 'respondToPermission' | 'answerQuestion' | 'respondToElicitation'>;
  dialogue: Dialogue;
  /** Aborted once it is decided, by whomever. */
  signal: AbortSignal;
};

/** Has a person answer what an agent asks; what was denied, if something was. Throws AbortError if it is decided elsewhere. */
export async function answerInteraction(event: ServerEvent, answerer: Answerer): Promise<string | undefined> {
  switch (event.type) {
    case 'permission_request':
      return answerPermission(event.data, answerer);
    case 'question_request': {
      const answers = await answerQuestions(event.data.questions, answerer);
      await answerer.client.answerQuestion(event.data.id, answers);
      return undefined;
    }
    case 'elicitation_request': {
      const { id, message, url, requested_schema: schema, mcp_server_name: server } = event.data;
      answerer.dialogue.say(
        `\n? ${plainLine(server)} asks: ${plainText(message)}${url ? `\n  ${escapeUnseen(url)}` : ''}`,
      );
      const content = await answerForm(schema, answerer);
      await answerer.client.respondToElicitation(id, content ? 'accept' : 'decline', content);
      return content ? undefined : plainLine(message);
    }
    default:
      return undefined;
  }
}

async function answerPermission(
  request: ServerData<'permission_request'>,
  { client, dialogue, signal }: Answerer,
): Promise<string | undefined> {
  const { id, options = [], tool_name: tool } = request;
  const always = options.find(({ kind }) => kind === 'allow_always');
  dialogue.say(`\n? ${describePermission(request)}`);
  const offers = [
    '[a]llow',
    ...(always ? [`[s] ${plainLine(always.label, 40)}`] : []),
    '[d]eny',
    '[r] deny and say why',
  ];
  const keys = always ? ['a', 's', 'd', 'r'] : ['a', 'd', 'r'];
  const key = await dialogue.choose(`  ${offers.join('   ')} `, keys, signal);
  if (key === 'a' || key === 's') {
    const optionId = key === 's' ? always?.id : undefined;
    await client.respondToPermission(id, { allowed: true, ...(optionId === undefined ? {} : { optionId }) });
    return undefined;
  }
  const reason = key === 'r' ? await dialogue.ask('  Why not? ', signal) : '';
  await client.respondToPermission(id, { allowed: false, ...(reason === '' ? {} : { reason }) });
  return plainLine(`${tool}: ${request.policy?.command ?? request.description ?? ''}`);
}

/** What is asked, and all that one should know before one says yes. */
function describePermission({
  tool_name,
  description,
  input_raw,
  policy,
}: ServerData<'permission_request'>): string {
  const { command = commandOf(input_raw), cwd, targets = [], reason, decision } = policy ?? {};
  return [
    `${plainLine(tool_name)} asks${description === undefined ? '' : `: ${plainLine(description, 400)}`}`,
    ...(command === undefined ? [] : command.split('\n').map((line) => `  │ ${escapeUnseen(line, '\t')}`)),
    ...(cwd === undefined ? [] : [`  in ${escapeUnseen(cwd)}`]),
    ...targets.map((target) => `  touches ${escapeUnseen(target)}`),
    ...(decision === 'ask' && reason ? [`  because ${plainLine(reason, 400)}`] : []),
  ].join('\n');
}

/** What stands in the call of the tool, where the policy made nothing of it. */
function commandOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  if ('command' in input && typeof input.command === 'string') return input.command;
  return JSON.stringify(input, null, 2).slice(0, 2_000);
}
