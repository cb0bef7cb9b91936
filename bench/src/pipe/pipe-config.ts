/** What a baseline process is told, in one environment variable. */
export interface PipeConfig {
  readonly natsUrl: string;
  readonly jwt: string;
  readonly seed: string;
  readonly postgresUrl: string;
  readonly stream: string;
  readonly consoles: number;
}

const variable = 'BENCH_PIPE';
export const pipeEnvironment = (config: PipeConfig) => ({ [variable]: JSON.stringify(config) });
export const readPipeConfig = (): PipeConfig => JSON.parse(process.env[variable] ?? '{}') as PipeConfig;
