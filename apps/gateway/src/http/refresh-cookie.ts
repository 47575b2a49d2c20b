import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const name = 'hotplex_refresh';

type Lifetime = { seconds: number; secure?: boolean };

/** A page that came by https, through a proxy, has its cookie sent by https alone. */
const isByHttps = (c: Context) => c.req.header('origin')?.startsWith('https:') ?? false;
const attributes = (secure: boolean) =>
  ({ path: '/api/auth', httpOnly: true, sameSite: 'Strict', secure }) as const;

/** The browser's refresh token: scripts cannot read it, other sites cannot send it, no other path gets it (X6). */
export const refreshCookie = {
  read: (c: Context): string | undefined => getCookie(c, name),
  /** `secure`: default: whether the page that asks came by https. */
  write: (c: Context, token: string, { seconds, secure = isByHttps(c) }: Lifetime): void =>
    setCookie(c, name, token, { ...attributes(secure), maxAge: seconds }),
  clear: (c: Context): void => void deleteCookie(c, name, attributes(isByHttps(c))),
};
