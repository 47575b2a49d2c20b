import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

const missingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>HotPlex</title>
<h1>HotPlex is running</h1><p>The web chat is not built. Run <code>npm start</code>, or <code>pnpm build</code> and start again.</p></html>`;

type StaticFile = { body: Buffer; headers: Record<string, string> };

/** Serves the web chat's export: whole files from one folder, with a content policy made from the pages themselves (X5). */
export function createStaticFiles(
  folder: string | undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  const root = folder === undefined ? undefined : existing(folder);
  const cache = new Map<string, StaticFile>();
  const find = (path: string): StaticFile | undefined => {
    if (root === undefined) return undefined;
    const known = cache.get(path);
    if (known) return known;
    const file = locate(root, path);
    if (file === undefined) return undefined;
    const found = read(file, path);
    cache.set(path, found);
    return found;
  };
  return (request, response) => {
    const { method = 'GET' } = request;
    if (method !== 'GET' && method !== 'HEAD') return end(response, 405, { allow: 'GET, HEAD' }, '');
    if (root === undefined)
      return end(
        response,
        503,
        { ...securityHeaders([]), 'content-type': contentTypes['.html'] ?? '' },
        missingPage,
      );
    const path = decodePath(request.url ?? '/');
    const file = path === undefined ? undefined : find(path);
    const found = file ?? find('/404');
    if (!found) return end(response, 404, {}, 'not found');
    if (file && request.headers['if-none-match'] === file.headers.etag)
      return end(response, 304, file.headers, '');
    end(response, file ? 200 : 404, found.headers, method === 'HEAD' ? '' : found.body);
  };
}

function existing(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}

/** The path, decoded once; undefined for anything that is not a plain path inside the folder (F3). */
function decodePath(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
    const segments = path.split('/');
    if (!path.startsWith('/') || /[\0\\]/.test(path) || segments.includes('..') || segments.includes('.'))
      return undefined;
    return path;
  } catch {
    return undefined;
  }
}

function locate(root: string, path: string): string | undefined {
  for (const candidate of [path, `${path}.html`, `${path}/index.html`]) {
    try {
      const file = realpathSync(join(root, candidate));
      const inside = relative(root, file);
      if (inside.startsWith(`..${sep}`) || !statSync(file).isFile()) continue;
      return file;
    } catch {}
  }
  return undefined;
}

function read(file: string, path: string): StaticFile {
  const body = readFileSync(file);
  const type = contentTypes[extname(file)] ?? 'application/octet-stream';
  const isPage = type.startsWith('text/html');
  const immutable = path.startsWith('/_next/static/');
  return {
    body,
    headers: {
      'content-type': type,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...securityHeaders(isPage ? inlineScripts(body.toString()) : []),
    },
  };
}

/** The inline scripts of an exported page, as the hashes a content policy names them by. */
function inlineScripts(html: string): string[] {
  const bodies = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set(bodies)].map(
    (script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
}

function securityHeaders(scriptHashes: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'self'",
    ["script-src 'self'", ...scriptHashes].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function end(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  response.writeHead(status, headers);
  response.end(body);
}
