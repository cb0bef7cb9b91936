import { itemNamed } from '@pentad/protocol/assessment-items';
import { specialtyWords, type Words } from './words.ts';

const caseCodes: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  sex: { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } },
  consciousness: {
    alert: { zh: '清醒', en: 'alert' },
    confusion: { zh: '新发意识混乱', en: 'new confusion' },
    voice: { zh: '对声音有反应', en: 'responds to voice' },
    pain: { zh: '对疼痛有反应', en: 'responds to pain' },
    unresponsive: { zh: '无反应', en: 'unresponsive' },
  },
  oxygen: { air: { zh: '空气', en: 'air' }, oxygen: { zh: '吸氧', en: 'oxygen' } },
  specialty: specialtyWords,
};

/** What an answer of a fact is called on paper; one nobody named stays itself. */
export function codeWords(fact: string, code: string): Words {
  const item = itemNamed(fact);
  const codes = item?.kind === 'choice' ? item.options : Object.hasOwn(caseCodes, fact) ? caseCodes[fact] : undefined;
  const found = codes && Object.hasOwn(codes, code) ? codes[code] : undefined;
  return found ?? { zh: code, en: code };
}
