import { createHash } from 'node:crypto';

/**
 * What a page that we serve may load and run: files of its own origin, the inline scripts it was built with, its service worker, and a
 * socket to the host it came from. Made from the page itself, so that a build needs no list (X5).
 */
export function createContentSecurityPolicy(html: string): (host: string) => string {
  const scripts = ["'self'", ...inlineScriptHashes(html)].join(' ');
  return (host) =>
    [
      "default-src 'self'",
      `script-src ${scripts}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      // NOTE: not every browser takes 'self' for the sockets of the same host.
      `connect-src 'self' ws://${host} wss://${host}`,
      "worker-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
}

/** The text between the tags, byte for byte, is what a browser hashes (CSP level 3, 6.7.3.3). */
function inlineScriptHashes(html: string): Set<string> {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi);
  return new Set(Array.from(scripts, ([, text = '']) => `'sha256-${sha256(text)}'`));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
