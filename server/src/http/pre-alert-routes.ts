import type { CaseState } from '@pentad/protocol/case-state';
import { CaseView } from '@pentad/protocol/case-view';
import { AnswerInput, SeenInput } from '@pentad/protocol/http-api';
import { PreAlertId, TargetId } from '@pentad/protocol/ids';
import { Hono } from 'hono';
import * as v from 'valibot';
import { caseViewOf } from '../cases/case-view-of.ts';
import { authorizeViewing } from '../people/authorize-viewing.ts';
import type { ViewPorts } from '../people/case-reads.ts';
import { locateTarget, noSuchPreAlert, type LocatedTarget } from '../people/locate-target.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import type { StaffActor } from '../platform/actor.ts';
import { answerPreAlert, markSeen, type AnswerPorts } from '../pre-alerts/answer-pre-alert.ts';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { RateLimits } from './rate-limits.ts';
import { jsonBody, pathOf } from './reading-input.ts';
import { requireStaff } from './require-staff.ts';

const TargetPath = v.object({ preAlertId: PreAlertId, targetId: TargetId });
const CaseAnswer = v.object({ case: CaseView });

export function preAlertRoutes(
  answers: AnswerPorts,
  views: ViewPorts,
  people: PeoplePorts,
  limits: RateLimits,
): Hono<HttpEnv> {
  const signedIn = requireStaff(people);
  const onTarget = pathOf(TargetPath, noSuchPreAlert);
  const answerOf = (
    state: CaseState,
    staff: StaffActor,
    { patientName }: LocatedTarget,
  ): v.InferOutput<typeof CaseAnswer> => ({
    case: caseViewOf(state, {
      visibility: authorizeViewing(staff),
      ladder: views.ladder,
      patientName,
      withTimeline: true,
    }),
  });
  return new Hono<HttpEnv>()
    .post(
      '/v1/pre-alerts/:preAlertId/targets/:targetId/answer',
      describe('pre-alerts', 'Answer for a desk', CaseAnswer),
      signedIn,
      limits.answer,
      onTarget,
      jsonBody(AnswerInput),
      async (c) => {
        const staff = c.get('staff');
        const located = await locateTarget(views, staff, c.req.valid('param'));
        return c.json(answerOf(await answerPreAlert(answers, staff, located, c.req.valid('json')), staff, located));
      },
    )
    .post(
      '/v1/pre-alerts/:preAlertId/targets/:targetId/seen',
      describe('pre-alerts', 'A named person has opened it', CaseAnswer),
      signedIn,
      limits.answer,
      onTarget,
      jsonBody(SeenInput),
      async (c) => {
        const staff = c.get('staff');
        const located = await locateTarget(views, staff, c.req.valid('param'));
        return c.json(answerOf(await markSeen(answers, staff, located), staff, located));
      },
    );
}
