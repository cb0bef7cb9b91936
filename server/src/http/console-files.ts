import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpEnv } from './http-env.ts';

/** Vite names these by their content, so that they never change. */
const isHashed = (path: string): boolean => /^\/assets\/[^/]+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(path);
const CONSOLE_PAGE = 'index.html';

/** The built console. Every view of it is a URL: a page asked for that is no file is the console itself. */
export function consoleFiles(directory: string | null): Hono<HttpEnv> {
  const files = new Hono<HttpEnv>();
  if (directory === null || !existsSync(join(directory, CONSOLE_PAGE))) return files;
  files.use('*', async (c, next) => {
    await next();
    if (c.res.ok) c.header('Cache-Control', isHashed(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
  files.use('*', serveStatic<HttpEnv>({ root: directory }));
  const page = serveStatic<HttpEnv>({ root: directory, path: CONSOLE_PAGE });
  files.get('*', async (c, next) => {
    const isPage = (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/v1/');
    return isPage ? page(c, next) : next();
  });
  return files;
}
