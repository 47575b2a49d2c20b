import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AnsweringProvider } from '../../components/answering-context.tsx';
import { ErrorCard } from '../../components/error-card.tsx';

const refuse = () => Promise.reject(new Error('nothing is asked here'));
const nobody = {
  ...{ id: 'sess_1', answerPermission: refuse, answerQuestion: refuse, answerElicitation: refuse },
};
const draw = (error: object) =>
  renderToStaticMarkup(
    <AnsweringProvider value={nobody}>
      <ErrorCard error={error} />
    </AnsweringProvider>,
  );

test('a folder that is gone is told once, with the way on; every other failure in its own words', () => {
  const message = 'config.work_dir /gone is not a directory that can be entered';
  const code = 'WORKER_START_FAILED';
  const lost = draw({ code, message, details: { field: 'work_dir', problem: 'not_a_directory' } });
  expect(lost.match(/not a directory/g)).toHaveLength(1);
  expect(lost).not.toContain('Read the message');
  expect(lost).toContain('Go on in another directory');
  expect(draw({ code, message, details: { exit_code: 1 } })).toContain(message);
});
