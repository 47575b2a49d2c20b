import type { UploadedFile } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { attachmentProblem } from '../../lib/attachment-problem.ts';
import { createAttachments } from '../../lib/attachments.ts';
import { formatSize } from '../../lib/format-size.ts';
import { en } from '../../lib/texts/en.ts';
import { zh } from '../../lib/texts/zh.ts';

/** A gateway whose answers a test gives itself. */
function open() {
  const asked: {
    name: string;
    signal: AbortSignal | undefined;
    answer: PromiseWithResolvers<UploadedFile>;
  }[] = [];
  const removed: string[] = [];
  const forgotten: string[] = [];
  const attachments = createAttachments({
    api: {
      upload(_, file, { signal } = {}) {
        const answer = Promise.withResolvers<UploadedFile>();
        asked.push({ name: (file as File).name, signal, answer });
        return answer.promise;
      },
      async remove(_, fileId) {
        removed.push(fileId);
      },
    },
    objectUrls: { create: () => 'blob:1', forget: (url) => void forgotten.push(url) },
  });
  const list = attachments.of('s');
  const states = () => list.get().map(({ name, state }) => `${name} ${state}`);
  return { asked, attachments, forgotten, list, removed, states };
}

const uploaded = (id: string): UploadedFile => ({
  ...{ id, name: id, media_type: 'text/plain', size: 1, sha256: '', created_at: '' },
});
const file = (name: string, type = '') => new File(['x'], name, { type });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('files go with the next message once they have arrived; what failed stays and says so', async () => {
  const { asked, attachments, states } = open();
  attachments.add('s', [file('a'), file('b'), file('c')]);
  asked[0]?.answer.resolve(uploaded('file_a'));
  asked[1]?.answer.reject(new Error('no'));
  await settled();
  expect(states()).toEqual(['a ready', 'b failed', 'c uploading']);
  const { files, putBack } = attachments.take('s');
  expect(files.map(({ id }) => id)).toEqual(['file_a']);
  expect(states()).toEqual(['b failed', 'c uploading']);
  putBack();
  expect(states()).toEqual(['a ready', 'b failed', 'c uploading']);
  expect(attachments.of('another').get()).toEqual([]);
});

test('one that is taken back ends its upload, and leaves nothing at the gateway', async () => {
  const { asked, attachments, forgotten, list, removed } = open();
  attachments.add('s', [file('a', 'image/png'), file('b')]);
  const [first, second] = list.get();
  expect([first?.preview, second?.preview]).toEqual(['blob:1', undefined]);
  attachments.remove('s', first?.key ?? '');
  expect(asked[0]?.signal?.aborted).toBe(true);
  expect(forgotten).toEqual(['blob:1']);
  // It may have arrived all the same.
  asked[0]?.answer.resolve(uploaded('file_a'));
  asked[1]?.answer.resolve(uploaded('file_b'));
  await settled();
  expect(removed).toEqual(['file_a']);
  attachments.remove('s', second?.key ?? '');
  expect(removed).toEqual(['file_a', 'file_b']);
  expect(list.get()).toEqual([]);
});

test('a refusal is told in the language of the page', () => {
  const refusal = { code: 'INVALID_MESSAGE', message: 'the file is empty', details: { reason: 'empty' } };
  expect(attachmentProblem(refusal, en)).toBe('The file is empty.');
  expect(attachmentProblem(refusal, zh)).toBe('文件为空。');
  expect(attachmentProblem({ code: 'GATEWAY_OVERLOAD', message: 'x' }, en)).toBe(
    en.errors.messages.GATEWAY_OVERLOAD,
  );
  expect(attachmentProblem(undefined, en)).toBe(en.errors.unknown);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_400, '1.4 kB'],
  [20_971_520, '21 MB'],
])('%i bytes are %s', (bytes, shown) => {
  expect(formatSize(bytes)).toBe(shown);
});
