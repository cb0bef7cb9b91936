import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { screenWordsText } from './write-paper.ts';

it('the words on screens are those of the rules as they stand: npm run clinical-rules', () => {
  const committed = readFileSync(new URL('../../packages/ui/src/i18n/clinical-words.json', import.meta.url), 'utf8');
  expect(committed).toBe(screenWordsText());
});
