import type { IncomingHttpHeaders } from 'node:http';
import { type ExportedFile, loadExport } from './load-export.ts';
import { type Site, webchatSite } from './site.ts';

export type FileRequest = { method: string; url: string; headers: IncomingHttpHeaders };
export type FileAnswer = { status: number; headers: Record<string, string>; body: Buffer | string };

/** Answers a request for anything but the API. Never throws. */
export type StaticFiles = (request: FileRequest) => FileAnswer;

const notBuilt = (sentence: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>HotPlex</title>
<h1>HotPlex is running</h1>
<p>${sentence}</p>
</html>
`;

/** Serves a site: `/x` below its base is the file x, x.html or x/index.html. Undefined: it was not built. */
export function createStaticFiles(folder: string | undefined, site: Site = webchatSite): StaticFiles {
  const files = folder === undefined ? undefined : loadExport(folder, site.hashed);
  return ({ method, url, headers }) => {
    if (method !== 'GET' && method !== 'HEAD')
      return plain(405, 'files can only be read', { allow: 'GET, HEAD', connection: 'close' });
    const answer = files ? answerFrom(files, url.slice(site.base.length), headers) : missing(site);
    return method === 'HEAD' ? { ...answer, body: '' } : answer;
  };
}

function answerFrom(
  files: ReadonlyMap<string, ExportedFile>,
  url: string,
  headers: IncomingHttpHeaders,
): FileAnswer {
  const file = find(files, url);
  // The guard has compared Host with the names we answer to.
  const host = headers.host ?? '';
  if (file) return toAnswer(isKnown(headers['if-none-match'], file.etag) ? 304 : 200, file, host);
  const page = files.get('/404.html');
  return page ? toAnswer(404, page, host) : plain(404, 'there is no such page');
}

/** Decoded once; what is then not a name in the table is not there, `..` and NUL included. */
function find(files: ReadonlyMap<string, ExportedFile>, url: string): ExportedFile | undefined {
  const [encoded = '/'] = url.split(/[?#]/, 1);
  const path = decodePath(encoded)?.replace(/\/$/, '');
  if (path === undefined) return undefined;
  return files.get(path) ?? files.get(`${path}.html`) ?? files.get(`${path}/index.html`);
}

function decodePath(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function toAnswer(status: number, file: ExportedFile, host: string): FileAnswer {
  const { body, contentType, etag, policy, cacheControl } = file;
  return {
    status,
    headers: {
      ...{ 'content-type': contentType, etag, 'cache-control': cacheControl, ...security },
      ...(policy ? { 'content-security-policy': policy(host) } : {}),
      ...(status === 304 ? {} : { 'content-length': String(body.length) }),
    },
    body: status === 304 ? '' : body,
  };
}

const security = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function whole(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string>,
): FileAnswer {
  return {
    status,
    headers: {
      ...{ 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) },
      ...{ 'cache-control': 'no-store', ...security, ...headers },
    },
    body,
  };
}

const plain = (status: number, sentence: string, headers: Record<string, string> = {}) =>
  whole(status, 'text/plain; charset=utf-8', `${sentence}\n`, headers);

const missing = (site: Site) =>
  whole(503, 'text/html; charset=utf-8', notBuilt(site.missing), {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  });
