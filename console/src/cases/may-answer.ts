import type { Session } from '@pentad/protocol/http-api';
import type { DeskTarget } from './desk-target.ts';

/**
 * Center staff answer at a desk they serve; a regional supervisor once the ladder has reached the region. The
 * server decides; this only keeps buttons away that it would refuse.
 */
export function mayAnswer(session: Session | null, ask: DeskTarget): boolean {
  if (!session) return false;
  const isCenterStaff = session.role === 'center-nurse' || session.role === 'center-specialist';
  if (isCenterStaff) return session.desks.some((desk) => desk.deskId === ask.target.deskId);
  const reachedRegion = ask.target.ladder.some(
    (step) => step.step === 'director-and-region' && step.firedAtMs !== null,
  );
  return session.role === 'regional-supervisor' && reachedRegion;
}
