import type { Tier } from '@pentad/protocol/pre-alert';

/** Alarm priority of IEC 60601-1-8 for each tier: 一级 high, 二级 medium, 请会诊 low. */
export type Priority = 'high' | 'med' | 'low';

export const priorityOf: Readonly<Record<Tier, Priority>> = { 'level-1': 'high', 'level-2': 'med', advice: 'low' };
export const markOf: Readonly<Record<Priority, string>> = { high: '!!!', med: '!!', low: '!' };

const rank: Record<Priority, number> = { high: 3, med: 2, low: 1 };
export const isHigher = (a: Priority, b: Priority): boolean => rank[a] > rank[b];
export const byPriority = (a: Priority, b: Priority): number => rank[b] - rank[a];
