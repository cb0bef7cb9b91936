import { DemoIdentity, DemoSignInInput, Session, SignInInput, WsTicket } from '@pentad/protocol/http-api';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { demoSignIn, listDemoIdentities } from '../people/demo-sign-in.ts';
import { issueWsTicket } from '../people/issue-ws-ticket.ts';
import type { PeoplePorts } from '../people/people-ports.ts';
import { signIn, type NewSession } from '../people/sign-in.ts';
import { signOut } from '../people/sign-out.ts';
import { sessionOf } from '../people/staff.ts';
import { describe } from './describe.ts';
import type { HttpEnv } from './http-env.ts';
import type { RateLimits } from './rate-limits.ts';
import { jsonBody } from './reading-input.ts';
import { requireStaff } from './require-staff.ts';
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts';

function welcome(c: Context<HttpEnv>, session: NewSession) {
  writeSessionCookie(c, session.token);
  return c.json(sessionOf(session));
}

export function sessionRoutes(people: PeoplePorts, limits: RateLimits): Hono<HttpEnv> {
  const signedIn = requireStaff(people);
  return new Hono<HttpEnv>()
    .get('/v1/session', describe('people', 'Who is signed in', Session), signedIn, (c) =>
      c.json(sessionOf(c.get('signedIn'))),
    )
    .post('/v1/session', describe('people', 'Sign in', Session), limits.signIn, jsonBody(SignInInput), async (c) =>
      welcome(c, await signIn(people, c.req.valid('json'), readSessionCookie(c))),
    )
    .delete('/v1/session', describe('people', 'Sign out', null), signedIn, async (c) => {
      await signOut(people, c.get('signedIn'));
      return c.body(null, 204);
    })
    .get(
      '/v1/demo-identities',
      describe('people', 'Who one may be in a demo', v.array(DemoIdentity)),
      limits.signIn,
      async (c) => c.json(await listDemoIdentities(people)),
    )
    .post(
      '/v1/demo-session',
      describe('people', 'Be somebody of the demo', Session),
      limits.signIn,
      jsonBody(DemoSignInInput),
      async (c) => welcome(c, await demoSignIn(people, c.req.valid('json').login)),
    )
    .post(
      '/v1/ws-ticket',
      describe('people', 'A ticket for one WebSocket', WsTicket),
      signedIn,
      limits.answer,
      async (c) => c.json(await issueWsTicket(people, c.get('signedIn'))),
    );
}
