import type { SessionStatus } from '@hotplex/ai-sdk-transport';
import { transport } from './gateway.ts';

/** What `useChat` does not know: the connection, what waits in line, what the agent asks, how much it has used. */
export function SessionBar({ id, session }: { id: string; session: SessionStatus }) {
  const { connection, state, queue, permissions, questions, context, totals } = session;
  return (
    <header>
      <p role="status">
        {connection.status}, {state ?? 'new'}, {permissions.length} to allow
        {context && `, context ${Math.round(context.percentage)} %`}
        {totals && `, ${totals.turn_count} turns, ${totals.total_tokens ?? 'unknown'} tokens`}
      </p>
      <ol aria-label="Queue">
        {queue.map(({ inputId, text }) => (
          <li key={inputId}>
            {text}
            <button type="button" onClick={() => void transport.cancelPrompt(id, inputId)}>
              Take back
            </button>
          </li>
        ))}
      </ol>
      {questions.map((request) => (
        <Question
          key={request.id}
          request={request}
          onAnswer={transport.answerQuestion.bind(transport, id)}
        />
      ))}
    </header>
  );
}

type QuestionProps = {
  request: SessionStatus['questions'][number];
  onAnswer: (requestId: string, answers: Record<string, string>) => void;
};

/** All that is asked at once is answered at once. */
function Question({ request, onAnswer }: QuestionProps) {
  const answer = (form: FormData) => {
    const answers = request.questions.map(({ question }) => [question, String(form.get(question))]);
    onAnswer(request.id, Object.fromEntries(answers));
  };
  return (
    <form action={answer} aria-label="Question">
      {request.questions.map(({ question, options }) => (
        <label key={question}>
          {question}
          <select name={question}>
            {options.map(({ label }) => (
              <option key={label}>{label}</option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit">Answer</button>
    </form>
  );
}
