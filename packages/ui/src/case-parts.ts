import type { CaseView, PreAlertView, TargetView } from '@pentad/protocol/case-view';

export type PreAlert = PreAlertView;
export type Target = TargetView;
export type GivenAnswer = Target['answers'][number];
export type CaseFinding = CaseView['findings'][number];
