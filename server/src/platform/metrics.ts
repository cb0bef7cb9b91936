import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Labels are closed sets (tier, refusal code): never an id, a name or a subject. */
export interface Metrics {
  readonly registry: Registry;
  readonly samplesStored: Counter;
  readonly waveformsStored: Counter;
  readonly eventsStored: Counter;
  readonly preAlerts: Counter<'tier'>;
  readonly receiptLagSeconds: Histogram;
  readonly alertLatencySeconds: Histogram;
  readonly quarantined: Counter<'code'>;
  readonly samplesWaiting: Gauge;
  /** Seconds the oldest audit row outside its chain has waited; 0 when all are linked. */
  readonly auditUnchainedSeconds: Gauge;
  /** 1 under the version of the rule set in use, with the site's overlay in its name. */
  readonly ruleSetInfo: Gauge<'version'>;
}

/** @param samplesWaiting read at each scrape */
export function createMetrics(samplesWaiting: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    waveformsStored: new Counter({
      name: 'pentad_waveform_chunks_stored_total',
      help: 'Waveform chunks committed',
      registers,
    }),
    samplesStored: new Counter({ name: 'pentad_samples_stored_total', help: 'Telemetry rows committed', registers }),
    eventsStored: new Counter({ name: 'pentad_events_stored_total', help: 'Case events committed', registers }),
    preAlerts: new Counter({
      name: 'pentad_pre_alerts_total',
      help: 'Pre-alerts raised, by tier',
      labelNames: ['tier'],
      registers,
    }),
    receiptLagSeconds: new Histogram({
      name: 'pentad_receipt_lag_seconds',
      help: 'From receiving an item to its receipt',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    alertLatencySeconds: new Histogram({
      name: 'pentad_alert_latency_seconds',
      help: 'From receiving what fired to the committed pre-alert',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    quarantined: new Counter({
      name: 'pentad_quarantined_total',
      help: 'Items that could not be read or stored, by code',
      labelNames: ['code'],
      registers,
    }),
    samplesWaiting: new Gauge({
      name: 'pentad_samples_waiting',
      help: 'Telemetry rows received and not yet committed',
      registers,
      collect() {
        this.set(samplesWaiting());
      },
    }),
    auditUnchainedSeconds: new Gauge({
      name: 'pentad_audit_unchained_seconds',
      help: 'Age of the oldest audit row that is in no chain',
      registers,
    }),
    ruleSetInfo: new Gauge({
      name: 'pentad_rule_set_info',
      help: 'The rule set that judges cases, by version',
      labelNames: ['version'],
      registers,
    }),
  };
}
