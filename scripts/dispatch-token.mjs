// `npm run dispatch-token -- --name X`: makes a token for a dispatch centre's machine and prints it, once. Two tokens of
// one name are one centre: make the new one, change it over there, then take the old one back with `--revoke <id>`.
// Works on DATABASE_URL, or on the database that `npm start` runs (PENTAD_DATA_DIR) while it runs.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { name: { type: 'string' }, revoke: { type: 'string' }, list: { type: 'boolean', default: false } },
});

function fail(message) {
  console.error(`dispatch-token: ${message}`);
  process.exit(1);
}

function databaseUrl() {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const notes = path.join(path.resolve(process.env.PENTAD_DATA_DIR ?? path.join(root, '.pentad')), 'postgres');
  const [port, password] = ['port', 'superuser-password'].map((name) => path.join(notes, name));
  if (!existsSync(port) || !existsSync(password)) fail('no DATABASE_URL, and no database of npm start was found');
  return `postgres://postgres:${readFileSync(password, 'utf8')}@127.0.0.1:${readFileSync(port, 'utf8')}/pentad`;
}

const uuidV7 = () => {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = ((Number.parseInt(hex[16], 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const audit = (client, action, clientId) =>
  client.query(
    `INSERT INTO audit_row (audit_id, chain, at, actor_kind, actor_id, action, object_id, case_id, purpose)
     VALUES ($1, 'region', now(), 'system', 'operator', $2, $3, NULL, 'system')`,
    [uuidV7(), action, clientId],
  );

async function make(client, name) {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(name)) fail('--name is 1 to 40 of A-Z a-z 0-9 . _ -');
  const clientId = uuidV7();
  const secret = randomBytes(32).toString('base64url');
  const tokenSha256 = createHash('sha256').update(secret).digest();
  await client.query("INSERT INTO api_client (client_id, name, kind, token_sha256) VALUES ($1, $2, 'dispatch', $3)", [
    clientId,
    name,
    tokenSha256,
  ]);
  await audit(client, 'api-client.made', clientId);
  return `${clientId}.${secret}`;
}

async function revoke(client, clientId) {
  const { rowCount } = await client.query(
    'UPDATE api_client SET revoked_at = now() WHERE client_id::text = $1 AND revoked_at IS NULL',
    [clientId],
  );
  if (rowCount === 0) fail('no standing token has this id');
  await audit(client, 'api-client.revoked', clientId);
}

if (!values.name && !values.revoke && !values.list) fail('give --name <centre>, --revoke <id> or --list');
const client = new pg.Client({ connectionString: databaseUrl(), application_name: 'pentad-setup' });
await client.connect().catch((error) => fail(`the database is not reached (${error.code ?? error.name})`));
try {
  await client.query('BEGIN');
  await client.query('SET LOCAL ROLE pentad_owner');
  const token = values.name ? await make(client, values.name) : null;
  if (values.revoke) await revoke(client, values.revoke);
  const { rows } = values.list
    ? await client.query('SELECT client_id, name, created_at, revoked_at FROM api_client ORDER BY created_at')
    : { rows: [] };
  await client.query('COMMIT');
  for (const row of rows)
    console.log(row.client_id, row.name, row.created_at.toISOString(), row.revoked_at ? 'revoked' : 'standing');
  if (token) console.log(token);
  else if (values.revoke) console.log('revoked');
} finally {
  await client.end();
}
