import { describe, expect, it } from 'vitest';
import { acknowledgement, type AcknowledgementInput } from './acknowledgement.ts';
import { readMessage } from './message.ts';

const NOW_MS = Date.UTC(2026, 6, 26, 15, 13, 32, 110);

function answer(content: string, rest: Partial<AcknowledgementInput> = {}): string[] {
  const reading = readMessage(new TextEncoder().encode(content));
  const header = reading.ok ? reading.message.header : reading.header;
  const bytes = acknowledgement({ header, verdict: 'AA', error: null, ownControlId: 'P1', nowMs: NOW_MS, ...rest });
  return new TextDecoder().decode(bytes).split('\r');
}
const refusal = { verdict: 'AR', error: { condition: '200', code: 'message.type-not-taken' } } as const;

describe('acknowledgements', () => {
  it('turns sender and receiver round and echoes control id, version and event', () => {
    expect(answer('MSH|^~\\&|MON|BED|AGENT|CAR|20260101||ORU^R01^ORU_R01|HP 04|P|2.6')).toEqual([
      'MSH|^~\\&|AGENT|CAR|MON|BED|20260726151332.110+0000||ACK^R01^ACK|P1|P|2.6',
      'MSA|AA|HP 04',
      '',
    ]);
  });

  it('states the error in ERR-3 from v2.5 on and in ERR-1 before', () => {
    expect(answer('MSH|^~\\&|||||||ADT^A01|9|P|2.5', refusal).slice(1)).toEqual([
      'MSA|AR|9|message.type-not-taken',
      'ERR|||200^Unsupported message type^HL70357|E|message.type-not-taken',
      '',
    ]);
    expect(answer('MSH|^~\\&|||||||ADT^A01|9|P|2.3.1', refusal)[2]).toBe('ERR|^^^200&Unsupported message type&HL70357');
  });

  it('speaks the delimiters of the sender', () => {
    expect(answer('MSH^~|\\&^A^B^C^D^2012^^ADT~A24^200^T^2.4', refusal)).toEqual([
      'MSH^~|\\&^C^D^A^B^20260726151332.110+0000^^ACK~A24~ACK^P1^T^2.4',
      'MSA^AR^200^message.type-not-taken',
      'ERR^~~~200&Unsupported message type&HL70357',
      '',
    ]);
  });

  it("keeps to the standard delimiters where the sender's are unusable, and still echoes the control id", () => {
    const lines = answer('MSH|^~\\\\&|SE050|050|PACS|050|2012||ADT^A01|10^2|T|2.6', refusal);
    expect(lines[0]).toMatch(/^MSH\|\^~\\&\|\|\|\|\|2026/);
    expect(lines[1]).toBe('MSA|AR|10\\S\\2|message.type-not-taken');
  });

  it('leaves MSA-2 empty for a message without header, and says nothing that is not ASCII', () => {
    expect(answer('hello', refusal)[1]).toBe('MSA|AR||message.type-not-taken');
    expect(answer('MSH|^~\\&|监护仪|BED|||||ORU^R01|1|P|2.6||||||UNICODE UTF-8')[0]).toBe(
      'MSH|^~\\&||||BED|20260726151332.110+0000||ACK^R01^ACK|P1|P|2.6',
    );
  });
});
