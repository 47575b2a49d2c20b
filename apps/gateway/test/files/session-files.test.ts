import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toFileName } from '../../src/files/file-name.ts';
import { MediaTypeSniffer } from '../../src/ground/sniff-media-type.ts';
import { openFiles, png } from './open-files.ts';

test('[F4] a file lies under an id of ours, is not changed any more, and its name is beside it', async () => {
  const { files, give, root } = openFiles();
  const file = await give(png, '../../etc/Über uns.PNG');
  expect(file).toMatchObject({ name: 'Über uns.PNG', mediaType: 'image/png', size: png.length });
  expect(file.id).toMatch(/^file_/);
  const path = files.contentPath({ sessionId: 's', fileId: file.id });
  expect(path).toBe(join(root, 'files', 's', file.id, 'content'));
  expect(readFileSync(path)).toEqual(png);
  expect(statSync(path).mode & 0o777).toBe(0o400);
  expect(files.find({ sessionId: 's', fileId: file.id })).toEqual(file);
  expect(files.list('s')).toEqual([file]);
  expect(files.list('another')).toEqual([]);
});

test('[F3] an id is a key, not a path', async () => {
  const { files, give } = openFiles();
  const { id } = await give('words');
  for (const fileId of [`../s/${id}`, `${id}/`, '..', '', 'draft-x', `${id}\0`])
    expect(files.find({ sessionId: 's', fileId }), fileId).toBeUndefined();
});

test.each([
  ['a picture', png, 'image/png'],
  ['words in any language', 'Grüße, 世界 🌍\n', 'text/plain'],
  ['a page, which is text to us', '<!doctype html><script>alert(1)</script>', 'text/plain'],
  ['a drawing, which is text to us', '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', 'text/plain'],
  ['coloured output', '\u001b[31mred\u001b[0m', 'text/plain'],
  ['one letter', 'ÿ', 'text/plain'],
])('[F4] what is in it decides: %s', async (_, content, mediaType) => {
  const { give } = openFiles();
  expect((await give(content, 'x.exe')).mediaType).toBe(mediaType);
});

test.each([
  ['a program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 'application/octet-stream'],
  ['an archive', Buffer.from('PK\x03\x04rest', 'latin1'), 'application/zip'],
  ['half a character', Buffer.from([0x41, 0xf0, 0x9f]), 'application/octet-stream'],
])(
  '[F4] what is not allowed is refused by what it is, whatever its name: %s',
  async (_, content, mediaType) => {
    const { files, give, root } = openFiles();
    await expect(give(content, 'picture.png')).rejects.toMatchObject({
      code: 'INVALID_MESSAGE',
      message: expect.stringContaining(mediaType),
      details: { reason: 'media_type' },
    });
    expect(files.list('s')).toEqual([]);
    expect(readdirSync(join(root, 'files', 's'))).toEqual([]);
  },
);

test('[F4] text is text in whichever pieces it comes', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      (text, step) => {
        const bytes = Buffer.from(`.${text.replace(/\p{Cc}/gu, '')}`);
        const sniffer = new MediaTypeSniffer();
        for (let at = 0; at < bytes.length; at += step) sniffer.push(bytes.subarray(at, at + step));
        expect(sniffer.end()).toBe('text/plain');
      },
    ),
  );
});

test('[F3] a name is one part of a path, shows itself and hides nothing', () => {
  expect(toFileName('C:\\Users\\ada\\notes.txt')).toBe('notes.txt');
  expect(toFileName('..')).toBe('file');
  expect(toFileName('.bashrc')).toBe('bashrc');
  expect(toFileName('--help')).toBe('help');
  expect(toFileName('invoice\u202Egnp.exe')).toBe('invoice_gnp.exe');
  expect(toFileName(`${'报'.repeat(100)}.pdf`)).toBe(`${'报'.repeat(65)}.pdf`);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (wish) => {
      const name = toFileName(wish);
      expect(name).toMatch(/^[^./\\-][^/\\\0]*$/u);
      // What a disk takes, whatever language it is in.
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    }),
  );
});

test('[F4] [Q1] size, count and sum have limits, also for files that come in at the same time', async () => {
  const { files, give } = openFiles();
  await expect(give('x'.repeat(1_001))).rejects.toMatchObject({
    details: { reason: 'too_large', limit: 1_000 },
  });
  await expect(give('')).rejects.toMatchObject({ details: { reason: 'empty' } });
  const both = await Promise.allSettled([
    give('x'.repeat(900)),
    give('y'.repeat(900)),
    give('z'.repeat(900)),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  await expect(give('x'.repeat(701))).rejects.toMatchObject({ details: { reason: 'session_full' } });
  await give('x');
  await give('x');
  await expect(give('x')).rejects.toMatchObject({ details: { reason: 'too_many' } });
  expect((await give('x', 'a', 'another')).size).toBe(1);
  expect(files.list('s')).toHaveLength(4);
});

test('[F4] one that says no length, or a wrong one, gets no further than the limit', async () => {
  const { files } = openFiles();
  const body = () => Readable.from([Buffer.alloc(600, 'x'), Buffer.alloc(600, 'x')]);
  const reason = { details: { reason: 'too_large' } };
  await expect(files.receive('s', { name: 'a', body: body() })).rejects.toMatchObject(reason);
  await expect(files.receive('s', { name: 'a', size: 700, body: body() })).rejects.toMatchObject(reason);
  expect(files.list('s')).toEqual([]);
});

test('[G1] one that breaks off, and one that an earlier gateway did not finish, leave nothing', async () => {
  const { files, give, root } = openFiles();
  async function* broken() {
    yield Buffer.from('half');
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  }
  await expect(files.receive('s', { name: 'a', body: broken() })).rejects.toMatchObject({
    code: 'INVALID_MESSAGE',
  });
  const kept = await give('whole');
  const left = join(root, 'files', 's', 'draft-1');
  mkdirSync(left);
  writeFileSync(join(left, 'content'), 'half');
  files.sweep(() => true);
  expect(readdirSync(join(root, 'files', 's'))).toEqual([kept.id]);
});

test('[G1] [L3] copies for a branch that an earlier gateway did not come to store are not kept', async () => {
  const { files, give, root } = openFiles();
  const kept = await give('words');
  files.copyAll('s', 'never-stored');
  files.sweep((sessionId) => sessionId === 's');
  expect(readdirSync(join(root, 'files'))).toEqual(['s']);
  expect(files.list('s')).toEqual([kept]);
});

test('[G1] what other gateways may be at is left where they share the folder, until it is old', async () => {
  const { files, give, root, clock } = openFiles();
  const kept = await give('words');
  files.copyAll('s', 'never-stored');
  mkdirSync(join(root, 'files', 's', 'draft-1'));
  const left = () => [readdirSync(join(root, 'files')), readdirSync(join(root, 'files', 's'))];
  const hour = 3_600_000;
  clock.advance(Date.now() - clock.now());
  files.sweep((sessionId) => sessionId === 's', hour);
  expect(left()).toEqual([
    ['never-stored', 's'],
    ['draft-1', kept.id],
  ]);
  clock.advance(hour + 60_000);
  files.sweep((sessionId) => sessionId === 's', hour);
  expect(left()).toEqual([['s'], [kept.id]]);
});

test('[L3] what is removed is gone; what was copied for a branch is not', async () => {
  const { files, give, root } = openFiles();
  const { id } = await give('words');
  files.copyAll('s', 'branch');
  files.remove({ sessionId: 's', fileId: id }, root);
  expect(files.list('s')).toEqual([]);
  expect(files.list('branch')).toMatchObject([{ id }]);
  files.removeAll('branch', root);
  expect(readdirSync(join(root, 'files'))).toEqual(['s']);
});
