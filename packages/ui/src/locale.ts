import { resolveTemplate } from '@solid-primitives/i18n';
import { createSignal, type Accessor } from 'solid-js';
import { codesEn } from './i18n/codes-en.ts';
import { codesZhCN } from './i18n/codes-zh-CN.ts';
import { en } from './i18n/en.ts';
import { zhCN } from './i18n/zh-CN.ts';

export type Lang = 'zh-CN' | 'en';
export type TextKey = keyof typeof zhCN;
export type Texts = Record<TextKey, string>;
export type CodeGroup = keyof typeof codesZhCN;
export type Codes = Record<CodeGroup, Readonly<Record<string, string>>>;
type Args = Record<string, string | number>;

export interface Locale {
  readonly lang: Accessor<Lang>;
  readonly setLang: (lang: Lang) => void;
  readonly t: (key: TextKey, args?: Args) => string;
  /** A code of the wire in words; a code this page does not know is shown as it came, never hidden. */
  readonly label: (group: CodeGroup, code: string) => string;
  /** One of a pair of names that are data (hospital, desk, call sign). */
  readonly pick: (zh: string, en: string) => string;
}

const texts: Record<Lang, Texts> = { 'zh-CN': zhCN, en };
const codes: Record<Lang, Codes> = { 'zh-CN': codesZhCN, en: codesEn };

export function createLocale(initial: Lang): Locale {
  const [lang, setLang] = createSignal<Lang>(initial);
  return {
    lang,
    setLang,
    t: (key, args) => resolveTemplate(texts[lang()][key], args),
    label: (group, code) => codes[lang()][group][code] ?? code,
    pick: (zh, english) => (lang() === 'en' ? english : zh),
  };
}
