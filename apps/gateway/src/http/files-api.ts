import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Identity } from '../auth/identity.ts';
import type { FileRecord, IncomingFile, SessionFiles } from '../files/session-files.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import { sha256 } from '../ground/sha256.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { parseByteRange } from './byte-range.ts';
import { downloadHeaders } from './download-headers.ts';
import { jsonAnswer } from './json-answer.ts';
import { refusals } from './refusals.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { requireSession } from './require-session.ts';

export type FilesApiOptions = {
  sessions: SessionRegistry;
  files: SessionFiles;
  /** Fetches what lies at an address that a client chose; guarded (U1 to U5). */
  fetchFile(url: string): Promise<{ url: URL; body: IncomingFile['body'] } & Disposable>;
};

const sessionParam = z.object({ id: z.string().max(128) });
const fileParam = sessionParam.extend({ file_id: z.string().max(128) });
const fileName = z.string().min(1).max(512);
const fileView = z.object({
  id: z.string(),
  name: z.string(),
  media_type: z.string(),
  size: z.number().describe('Bytes.'),
  sha256: z.string(),
  created_at: z.string(),
});
/** What a file is stands with the file. */
const ofItsType = { '*/*': { schema: z.unknown() } };
const anything = { 'application/octet-stream': { schema: z.unknown() } };

const routes = {
  list: createRoute({
    method: 'get',
    path: '/{id}/files',
    request: { params: sessionParam },
    responses: {
      200: jsonAnswer(
        'The files of a session, oldest first, and what may be added.',
        z.object({
          files: z.array(fileView),
          limits: z.object({
            max_file_size: z.number(),
            max_session_size: z.number(),
            max_session_files: z.number(),
            media_types: z.array(z.string()),
          }),
        }),
      ),
    },
  }),
  upload: createRoute({
    method: 'post',
    path: '/{id}/files',
    request: {
      params: sessionParam,
      query: z.object({ name: fileName.default('file') }),
      body: { required: true, content: anything },
    },
    responses: {
      201: jsonAnswer('The file, which came as the body itself, whatever its content-type.', fileView),
      ...refusals(411, 413, 415, 422),
    },
  }),
  fetch: createRoute({
    method: 'post',
    path: '/{id}/files/fetch',
    request: {
      params: sessionParam,
      body: {
        required: true,
        ...jsonAnswer(
          'Where it is.',
          z.object({ url: z.string().min(1).max(8_192), name: fileName.optional() }),
        ),
      },
    },
    responses: {
      201: jsonAnswer('The file, which the gateway fetched.', fileView),
      ...refusals(422, 429, 502, 504),
    },
  }),
  download: createRoute({
    method: 'get',
    path: '/{id}/files/{file_id}',
    request: { params: fileParam, headers: z.object({ range: z.string().max(256).optional() }) },
    responses: {
      200: { description: 'Its bytes.', content: ofItsType },
      206: { description: 'Some of them.', content: ofItsType },
      416: { description: 'It has none there.' },
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/{id}/files/{file_id}',
    request: { params: fileParam },
    responses: { 204: { description: 'Gone.' } },
  }),
};

/** Files that clients give to a session, to be named in prompts (F4). Whose session it is not finds none. */
export function createFilesApi({ sessions, files, fetchFile }: FilesApiOptions): OpenAPIHono<ApiEnvironment> {
  const api = new OpenAPIHono<ApiEnvironment>({ defaultHook: refuseInvalid });
  const findSession = (id: string, identity: Identity) => requireSession(sessions, id, identity);
  const findFile = ({ id, file_id: fileId }: z.infer<typeof fileParam>, identity: Identity) => {
    const session = findSession(id, identity);
    const place = { sessionId: id, fileId };
    const file = files.find(place);
    if (!file) throw new GatewayError('SESSION_NOT_FOUND', 'there is no such file in this session');
    return { file, place, workDir: session.record.workDir };
  };

  /** A session that was deleted meanwhile takes no file: nobody would ever remove it. */
  const receive = async (id: string, identity: Identity, file: IncomingFile): Promise<FileRecord> => {
    const { workDir } = findSession(id, identity).record;
    const record = await files.receive(id, file);
    if (!sessions.find(id, identity)) files.removeAll(id, workDir);
    const session = findSession(id, identity);
    try {
      session.touch();
      await session.settled();
    } catch (error) {
      files.remove({ sessionId: id, fileId: record.id }, workDir);
      throw error;
    }
    return record;
  };

  api.openapi(routes.list, (c) => {
    const { id } = c.req.valid('param');
    findSession(id, c.get('identity'));
    const { maxFileBytes, maxSessionBytes, maxSessionFiles, mediaTypes } = files.limits;
    const limits = {
      max_file_size: maxFileBytes,
      max_session_size: maxSessionBytes,
      max_session_files: maxSessionFiles,
      media_types: [...mediaTypes],
    };
    return c.json({ files: files.list(id).map(toFileView), limits }, 200);
  });

  api.openapi(routes.upload, async (c) => {
    const { id } = c.req.valid('param');
    findSession(id, c.get('identity'));
    sessions.requireOpen();
    const { incoming } = c.env;
    // Its length was announced: whatever comes without one was refused at the door.
    const size = Number(incoming.headers['content-length'] ?? 0);
    const { name } = c.req.valid('query');
    const file = await receive(id, c.get('identity'), { name, size, body: incoming });
    c.set('inputHash', sha256(`${c.req.path}\n${file.sha256}`));
    return c.json(toFileView(file), 201);
  });

  api.openapi(routes.fetch, async (c) => {
    const { id } = c.req.valid('param');
    findSession(id, c.get('identity'));
    sessions.requireOpen();
    const wish = c.req.valid('json');
    using fetched = await fetchFile(wish.url);
    const { url, body } = fetched;
    const name = wish.name ?? nameIn(url);
    return c.json(toFileView(await receive(id, c.get('identity'), { name, body })), 201);
  });

  api.openapi(routes.download, (c) => {
    const { file, place } = findFile(c.req.valid('param'), c.get('identity'));
    const range = parseByteRange(c.req.valid('header').range, file.size);
    if (range === 'unsatisfiable') return c.body(null, 416, { 'content-range': `bytes */${file.size}` });
    const { start, end } = range ?? { start: 0, end: file.size - 1 };
    const bytes = Readable.toWeb(createReadStream(files.contentPath(place), { start, end }));
    return c.body(bytes as ReadableStream, range ? 206 : 200, {
      ...downloadHeaders(file),
      'accept-ranges': 'bytes',
      'content-length': String(end - start + 1),
      ...(range ? { 'content-range': `bytes ${start}-${end}/${file.size}` } : {}),
    });
  });

  api.openapi(routes.remove, (c) => {
    const { place, workDir } = findFile(c.req.valid('param'), c.get('identity'));
    files.remove(place, workDir);
    return c.body(null, 204);
  });
  return api;
}

function toFileView({ id, name, mediaType, size, sha256, createdAt }: FileRecord): z.infer<typeof fileView> {
  return { id, name, media_type: mediaType, size, sha256, created_at: new Date(createdAt).toISOString() };
}

/** The last part of its path; a name that cannot be read is none. */
function nameIn({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
