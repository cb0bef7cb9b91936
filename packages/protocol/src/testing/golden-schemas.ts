import type { GenericSchema } from 'valibot';
import * as ask from '../ask.ts';
import { DispatchJobInput } from '../dispatch-job.ts';
import { ClientMessage, FeedFrame, NumericsView, ServerMessage, UnitView } from '../console-feed.ts';
import { DownlinkFrame, DownlinkPage } from '../downlink.ts';
import * as http from '../http-api.ts';
import { EventItem, GapItem, NumericsItem, PositionItem } from '../lane-item.ts';
import { Receipt } from '../receipt.ts';

/** Vehicle wire: unknown fields are kept raw. */
export const vehicleWire: Readonly<Record<string, GenericSchema>> = {
  evt: EventItem,
  gap: GapItem,
  vit: NumericsItem,
  pos: PositionItem,
  receipt: Receipt,
  'downlink-frame': DownlinkFrame,
  'downlink-page': DownlinkPage,
  'ask-time': ask.AskTime,
  'time-answer': ask.TimeAnswer,
  'ask-hello': ask.AskHello,
  'hello-answer': ask.HelloAnswer,
  'ask-held': ask.AskHeld,
  'held-answer': ask.HeldAnswer,
  'ask-downlink': ask.AskDownlink,
  'ask-job': ask.AskJob,
  'job-answer': ask.JobAnswer,
  heartbeat: ask.Heartbeat,
  'heartbeat-answer': ask.HeartbeatAnswer,
};

/** Console wire and HTTP: closed shapes. */
export const closedWire: Readonly<Record<string, GenericSchema>> = {
  server: ServerMessage,
  client: ClientMessage,
  'feed-frame': FeedFrame,
  'numerics-view': NumericsView,
  'unit-view': UnitView,
  'dispatch-job-input': DispatchJobInput,
  'http-sign-in-input': http.SignInInput,
  'http-demo-sign-in-input': http.DemoSignInInput,
  'http-session': http.Session,
  'http-ws-ticket': http.WsTicket,
  'http-answer-input': http.AnswerInput,
  'http-seen-input': http.SeenInput,
  'http-vehicle': http.Vehicle,
  'http-region': http.Region,
  'http-demo-identity': http.DemoIdentity,
  'http-case-detail': http.CaseDetail,
  'http-numerics-series': http.NumericsSeries,
  'http-uplink-input': http.UplinkInput,
  'http-uplink-answer': http.UplinkAnswer,
  'http-vehicle-token-input': http.VehicleTokenInput,
  'http-vehicle-token': http.VehicleToken,
  'http-renewed-jwt': http.RenewedJwt,
  'http-problem': http.Problem,
};
