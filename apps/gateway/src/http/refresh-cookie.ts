import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const name = 'hotplex_refresh';

/** A page that came by https, through a proxy, has its cookie sent by https alone. */
const attributes = (c: Context) =>
  ({
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'Strict',
    secure: c.req.header('origin')?.startsWith('https:') ?? false,
  }) as const;

/** The browser's refresh token: scripts cannot read it, other sites cannot send it, no other path gets it (X6). */
export const refreshCookie = {
  read: (c: Context): string | undefined => getCookie(c, name),
  write: (c: Context, token: string, seconds: number): void =>
    setCookie(c, name, token, { ...attributes(c), maxAge: seconds }),
  clear: (c: Context): void => void deleteCookie(c, name, attributes(c)),
};
