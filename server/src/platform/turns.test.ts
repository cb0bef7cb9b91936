import { expect, test } from 'vitest';
import { deferred, settle } from './fake-time.fixture.ts';
import { Turns } from './turns.ts';

test('two at once, the others in the order they came, and a failure ends its turn', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends = [0, 1, 2, 3].map(() => deferred<void>());
  const all = ends.map(({ promise }, index) =>
    turns.take(false, () => {
      begun.push(index);
      return promise;
    }),
  );
  await settle();
  expect(begun).toEqual([0, 1]);
  ends[1]?.reject(new Error('lost'));
  await expect(all[1]).rejects.toThrow('lost');
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.resolve();
  ends[2]?.resolve();
  await settle();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]?.resolve();
  await Promise.all([all[0], all[2], all[3]]);
});

test('the urgent goes before those that waited longer', async () => {
  const turns = new Turns(1);
  const begun: string[] = [];
  const first = deferred();
  const all = [
    turns.take(false, () => first.promise),
    ...['quiet', 'urgent'].map((name) => turns.take(name === 'urgent', async () => void begun.push(name))),
  ];
  first.resolve();
  await Promise.all(all);
  expect(begun).toEqual(['urgent', 'quiet']);
});
