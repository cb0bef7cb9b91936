import { createSignal, type Accessor } from 'solid-js';
import type { Priority } from './priority.ts';
import { bursts, partials } from './sound-schedule.ts';

export interface SoundPlayer {
  /** The browser lets this page be heard. */
  readonly canSound: Accessor<boolean>;
  /** Must run inside a gesture. */
  readonly unlock: () => Promise<boolean>;
  readonly play: (priority: Priority) => void;
  readonly silence: () => void;
}

const RISE_S = 0.015;
const LOUDNESS = 0.32;

function schedulePulse(context: AudioContext, out: AudioNode, pitchHz: number, atS: number, lengthS: number): void {
  const envelope = context.createGain();
  envelope.gain.setValueAtTime(0, atS);
  envelope.gain.linearRampToValueAtTime(LOUDNESS, atS + RISE_S);
  envelope.gain.setValueAtTime(LOUDNESS, atS + lengthS - RISE_S);
  envelope.gain.linearRampToValueAtTime(0, atS + lengthS);
  envelope.connect(out);
  for (const [index, gain] of partials.entries()) {
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.value = pitchHz * (index + 1);
    level.gain.value = gain;
    tone.connect(level).connect(envelope);
    tone.start(atS);
    tone.stop(atS + lengthS);
  }
}

export function createSoundPlayer(): SoundPlayer {
  const [canSound, setCanSound] = createSignal(false);
  let context: AudioContext | null = null;
  let out: GainNode | null = null;

  const ensure = (): AudioContext => {
    if (context) return context;
    const made = new AudioContext();
    made.onstatechange = () => setCanSound(made.state === 'running');
    context = made;
    return made;
  };
  const silence = (): void => {
    out?.disconnect();
    out = null;
  };
  return {
    canSound,
    silence,
    unlock: async () => {
      const made = ensure();
      await made.resume();
      setCanSound(made.state === 'running');
      return made.state === 'running';
    },
    play: (priority) => {
      if (!context || context.state !== 'running') return;
      silence();
      out = context.createGain();
      out.connect(context.destination);
      const burst = bursts[priority];
      const startS = context.currentTime + 0.02;
      for (const pulse of burst.pulses) {
        schedulePulse(context, out, burst.pitchHz, startS + pulse.startMs / 1_000, pulse.durationMs / 1_000);
      }
    },
  };
}
