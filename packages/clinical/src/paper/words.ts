import type { Specialty } from '@pentad/protocol/center';
import type { Tier } from '@pentad/protocol/pre-alert';
import type { RuleStatus } from '../rules/rule-definition.ts';

/** One thing in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Words;
export const languages: readonly Language[] = ['zh', 'en'];

const words = (zh: string, en: string): Words => ({ zh, en });

/** A heading or a table's cell: `胸痛 Chest pain`. */
export const together = ({ zh, en }: Words): string => (zh === en ? zh : `${zh} ${en}`);

export const specialtyWords: Readonly<Record<Specialty | 'selected', Words>> = {
  'chest-pain': words('胸痛中心', 'Chest pain center'),
  stroke: words('卒中中心', 'Stroke center'),
  trauma: words('创伤中心', 'Trauma center'),
  neonate: words('危重新生儿救治中心', 'Neonatal center'),
  maternal: words('危重孕产妇救治中心', 'Maternal center'),
  emergency: words('急诊科', 'Emergency department'),
  selected: words('车组所选专科（未选时为急诊科）', 'The center the crew selected (emergency department without one)'),
};

export const tierWords: Readonly<Record<Tier, Words>> = {
  'level-1': words('一级', 'Level 1'),
  'level-2': words('二级', 'Level 2'),
  advice: words('请会诊', 'Advice'),
};

export const statusWords: Readonly<Record<RuleStatus, Words>> = {
  found: words('有出处', 'found in the source'),
  'from-knowledge': words('凭知识，原文未核', 'from knowledge, the original not opened'),
  'design-needs-sign-off': words('本产品设计，待签署', 'design of this product, needs sign-off'),
};

/** Whether a clinician has still to sign it: everything that was not seen in a source. */
export const awaitsSignOff = (status: RuleStatus): boolean => status !== 'found';

/** Text of a rule inside Markdown: nothing of it is markup. */
export const plain = (text: string): string =>
  text.replaceAll(/[\\`*_|[\]]/g, String.raw`\$&`).replaceAll(/<(?=[a-z/!])/gi, String.raw`\<`);
