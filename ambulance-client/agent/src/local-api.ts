import { CaseOrigin, Specialty } from '@pentad/protocol/center';
import { Sealed } from '@pentad/protocol/case-event';
import { Patient } from '@pentad/protocol/case-event-types';
import { CaseId, HospitalId } from '@pentad/protocol/ids';
import { Tier } from '@pentad/protocol/pre-alert';
import { Code, InstantMs } from '@pentad/protocol/quantities';
import { parseBoundedJson } from '@pentad/protocol/uplink';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { AgentError, codeOf, type AgentErrorKind } from './agent-error.ts';
import type { Agent } from './agent-types.ts';
import { sendEcgPhoto } from './photos/send-ecg-photo.ts';
import { vehicleStates } from './vehicle-states.ts';
import type { Log } from './ports.ts';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_PHOTO_BYTES = 32 * 1_048_576;
const statusOf: Record<AgentErrorKind, 400 | 404 | 409 | 503> = {
  invalid: 400,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
};
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

const act = {
  actor: v.strictObject({
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
    name: v.nullable(v.pipe(v.string(), v.maxLength(64))),
    assurance: v.picklist(['online', 'pin', 'vehicle']),
  }),
  eventId: v.exactOptional(v.pipe(v.string(), v.maxLength(36))),
  occurredAtMs: v.exactOptional(InstantMs),
  sealed: v.exactOptional(Sealed),
};
const OpenCaseBody = v.strictObject({
  ...act,
  caseId: v.exactOptional(CaseId),
  origin: CaseOrigin,
  patientSlot: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(8))),
  patient: v.strictObject(Patient.entries),
  complaintCodes: v.pipe(v.array(Code), v.maxLength(32)),
  specialty: v.nullable(Specialty),
});
const RecordEventBody = v.strictObject({
  ...act,
  type: v.pipe(v.string(), v.maxLength(64)),
  clinical: v.record(v.string(), v.unknown()),
});
const PreAlertBody = v.strictObject({
  ...act,
  specialty: v.nullable(Specialty),
  tier: Tier,
  hospitalId: v.nullable(HospitalId),
});

const VehicleStateBody = v.strictObject({
  ...act,
  state: v.picklist(vehicleStates.map(({ state }) => state)),
  isUndone: v.exactOptional(v.boolean()),
});

async function readBody<S extends v.GenericSchema>(context: Context, schema: S): Promise<v.InferOutput<S>> {
  if (!/^application\/json\b/.test(context.req.header('content-type') ?? ''))
    throw new AgentError('invalid', 'request.not-json');
  const parsed = parseBoundedJson(new Uint8Array(await context.req.arrayBuffer()));
  const read = parsed.ok ? v.safeParse(schema, parsed.value) : null;
  if (!read?.success) throw new AgentError('invalid', 'request.invalid');
  return read.output;
}

function caseIdOf(context: Context): CaseId {
  const read = v.safeParse(CaseId, context.req.param('id'));
  if (!read.success) throw new AgentError('not-found', 'case.not-found');
  return read.output;
}

/** The picture is the body; who took it and when stand beside it. */
const PhotoQuery = v.strictObject({
  acquiredAtMs: v.pipe(v.string(), v.digits(), v.transform(Number), InstantMs),
  patientSlot: v.exactOptional(v.pipe(v.string(), v.regex(/^[1-8]$/), v.transform(Number))),
  crewId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  assurance: v.exactOptional(v.picklist(['online', 'pin', 'vehicle'])),
});

function photoQueryOf(context: Context) {
  const read = v.safeParse(PhotoQuery, context.req.query());
  if (!read.success) throw new AgentError('invalid', 'request.invalid');
  const { acquiredAtMs, patientSlot = null, crewId, assurance = 'vehicle' } = read.output;
  return { acquiredAtMs, patientSlot, actor: { id: crewId, name: null, assurance } };
}

function pictureTypeOf(contentType: string): 'image/jpeg' | 'image/png' {
  const type = contentType.split(';')[0]?.trim();
  if (type !== 'image/jpeg' && type !== 'image/png') throw new AgentError('invalid', 'photo.type-unsupported');
  return type;
}

const hostNameOf = (host: string): string =>
  host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '');

function isLoopbackOrigin(origin: string): boolean {
  try {
    const { hostname, protocol } = new URL(origin);
    return protocol === 'http:' && loopback.has(hostname);
  } catch {
    return false;
  }
}

/**
 * What the tablet on the same machine reads and writes. Only loopback names are answered (a page that rebinds its name
 * to 127.0.0.1 is refused), and nothing that was submitted is echoed.
 */
export function localApi(agent: Agent, log: Log): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const origin = context.req.header('origin');
    const isLocal =
      loopback.has(hostNameOf(context.req.header('host') ?? '')) && (origin === undefined || isLoopbackOrigin(origin));
    if (!isLocal) return context.json({ code: 'request.not-local', message: 'not local' }, 403);
    context.header('Cache-Control', 'no-store');
    return await next();
  });
  const tooLarge = (context: Context) => context.json({ code: 'request.too-large', message: 'too large' }, 413);
  const small = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge });
  const picture = bodyLimit({ maxSize: MAX_PHOTO_BYTES, onError: tooLarge });
  app.use((context, next) => (context.req.path.endsWith('/ecg-photos') ? picture : small)(context, next));
  app.onError((error, context) => {
    if (error instanceof AgentError)
      return context.json({ code: error.code, message: error.code }, statusOf[error.kind]);
    log.error('local-api.failed', { code: codeOf(error) });
    return context.json({ code: 'internal', message: 'internal' }, 500);
  });
  app.notFound((context) => context.json({ code: 'route.not-found', message: 'not found' }, 404));

  app.get('/v1/status', (context) => context.json(agent.status()));
  app.get('/v1/cases', (context) => context.json({ cases: agent.listCases() }));
  app.get('/v1/cases/:id', (context) => context.json(agent.showCase(caseIdOf(context))));
  app.post('/v1/cases', async (context) => context.json(agent.openCase(await readBody(context, OpenCaseBody)), 201));
  app.post('/v1/cases/:id/events', async (context) =>
    context.json(agent.recordEvent(caseIdOf(context), await readBody(context, RecordEventBody)), 201),
  );
  app.post('/v1/cases/:id/pre-alerts', async (context) =>
    context.json(agent.requestPreAlert(caseIdOf(context), await readBody(context, PreAlertBody)), 201),
  );
  app.post('/v1/cases/:id/ecg-photos', async (context) => {
    const { acquiredAtMs, patientSlot, actor } = photoQueryOf(context);
    const mediaType = pictureTypeOf(context.req.header('content-type') ?? '');
    const photo = new Uint8Array(await context.req.arrayBuffer());
    const caseId = caseIdOf(context);
    return context.json(await sendEcgPhoto(agent, { caseId, patientSlot, mediaType, photo, acquiredAtMs, actor }), 201);
  });
  app.post('/v1/cases/:id/vehicle-state', async (context) => {
    const caseId = caseIdOf(context);
    const recorded = agent.pressVehicleState(caseId, await readBody(context, VehicleStateBody));
    return context.json({ recorded, vehicleStates: agent.showCase(caseId).vehicleStates }, recorded ? 201 : 200);
  });
  return app;
}
