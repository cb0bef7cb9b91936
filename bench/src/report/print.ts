import type { CpuPerMessage } from '../stand/processor-time.ts';
import type { Round } from '../rounds/round.ts';
import type { Figure } from './limits.ts';
import { ecgLines, historyLines, memoryLine, stallLines } from './load-lines.ts';

const column = (text: string, width: number): string => text.padEnd(width);
const number = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

const cpuText = ({ server, postgres, broker, consoles }: CpuPerMessage): string =>
  `us CPU ${number(server, 1)} postgres ${number(postgres, 1)} broker ${number(broker, 1)} consoles ${number(consoles, 1)}`;

export function roundLines(round: Round): string[] {
  switch (round.kind) {
    case 'ecg':
      return ecgLines(round);
    case 'memory':
      return [memoryLine(round)];
    case 'stall':
      return stallLines(round);
    case 'history':
      return historyLines(round);
    case 'drain':
    case 'live':
      return [pipelineLine(round)];
  }
}

function pipelineLine(round: Extract<Round, { kind: 'drain' | 'live' }>): string {
  const name = `${column(round.kind, 6)}${column(round.pipeline, 9)}`;
  const load = `load ${number(round.load, 1)}`;
  if (round.kind === 'drain') {
    const sent = `${number(round.updatesPerFrame, 1)} updates a frame`;
    return `${name}${column(`${Math.round(round.perSecond)} msg/s`, 16)}${column(cpuText(round.cpuMicros), 54)}${sent}  ${load}`;
  }
  const alert =
    round.alertP99Ms === null
      ? ''
      : `  alert p50 ${number(round.alertP50Ms, 1)} p99 ${number(round.alertP99Ms, 1)} ms (${round.alerts})`;
  const vitals = `vitals p50 ${number(round.vitalsP50Ms, 1)} p99 ${number(round.vitalsP99Ms, 1)} ms`;
  return `${name}${vitals}${alert}  CPU ${number(round.cpuPercent, 0)} %  late ${number(round.publisherLateMs, 0)} ms  ${load}`;
}

export function figureTable(figures: readonly Figure[]): string {
  const verdict = ({ pass, isGoalMet }: Figure): string =>
    pass === null ? '' : pass ? (isGoalMet ? 'pass, goal met' : 'pass') : 'FAIL';
  return figures
    .map(
      (one) =>
        `${column(one.id, 16)}${column(one.what, 56)}${column(`${number(one.value, 2)}${one.unit === 'ratio' ? '' : ` ${one.unit}`}`, 14)}${column(one.gate ? `gate ${one.gate}` : '', 14)}${column(one.goal ? `goal ${one.goal}` : '', 14)}${verdict(one)}`,
    )
    .join('\n');
}
