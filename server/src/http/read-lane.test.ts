import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from './http-env.ts';
import { readLane } from './read-lane.ts';

/** Requests that run until they are let go. */
function held(width: number) {
  const running: (() => void)[] = [];
  const app = new Hono<HttpEnv>().get('/', readLane(width), async (c) => {
    await new Promise<void>((resolve) => running.push(resolve));
    return c.text('read');
  });
  app.onError((_error, c) => c.text('busy', 503));
  return { running, ask: async () => app.request('/') };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many reads run at once; the next begins when one ends, in the order they came', async () => {
  const { running, ask } = held(2);
  const answers = [ask(), ask(), ask(), ask()];
  await settle();
  expect(running).toHaveLength(2);
  running[0]?.();
  await answers[0];
  await settle();
  expect(running).toHaveLength(3);
  running.forEach((letGo) => letGo());
  await Promise.all(answers.slice(1, 3));
  await settle();
  running.at(-1)?.();
  expect((await answers[3])?.status).toBe(200);
});

test('a read that fails gives its place on, and too many waiting are refused', async () => {
  const { running, ask } = held(1);
  const answers = Array.from({ length: 202 }, ask);
  expect((await answers[201])?.status).toBe(503);
  for (let n = 0; n < 201; n += 1) {
    await settle();
    running.at(-1)?.();
  }
  const statuses = await Promise.all(answers.slice(0, 201));
  expect(statuses.every((response) => response.status === 200)).toBe(true);
});
