import { expect, test } from 'vitest';
import { readOptions } from './ambulance-options.ts';

test('the server gives the way to its broker', () => {
  const ways = [[], ['--server', 'https://pentad.example/'], ['--nats', 'tls://10.0.0.7:4222']].map((argv) => {
    const options = readOptions(['--case', 'new', ...argv]);
    return options === 'help' ? options : [options.serverUrl, options.natsUrl];
  });
  expect(ways).toEqual([
    ['http://localhost:8080', 'ws://localhost:8080/nats'],
    ['https://pentad.example', 'wss://pentad.example/nats'],
    ['http://localhost:8080', 'tls://10.0.0.7:4222'],
  ]);
  expect(readOptions(['--help'])).toBe('help');
});

test.each([
  [['--server', 'http://pentad.example', '--case', 'new'], 'takes https'],
  [['--server', 'nonsense', '--case', 'new'], 'http(s) address'],
  [[], 'nothing to send'],
  [['--speed', '-1', '--case', 'new'], '--speed'],
  [['--for', 'long', '--case', 'new'], '--for takes a number'],
  [['--mllp', '2575.5'], 'whole number'],
  [['--gpsd', ':2947'], 'HOST:PORT'],
  [['--nmea', 'a', '--gpsd', 'b'], 'one place at a time'],
  [['--case', '7'], 'id of a case'],
  [['--scenario', 'stroke-lvo', '--wfdb', 'a.hea'], 'brings its own case'],
  [['--unknown'], 'Unknown option'],
  [['left-over'], 'Unexpected argument'],
])('%j is refused in words', (argv, words) => {
  expect(() => readOptions(argv)).toThrow(words);
});
