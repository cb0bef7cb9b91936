import type { DrainRound } from './drain-round.ts';
import type { EcgRound } from './ecg-round.ts';
import type { HistoryRound } from './history-round.ts';
import type { LiveRound } from './live-round.ts';
import type { MemoryRound } from './memory-round.ts';
import type { StallRound } from './stall-round.ts';

/** One measurement of the bench, of any kind. */
export type Round = DrainRound | LiveRound | EcgRound | MemoryRound | StallRound | HistoryRound;
