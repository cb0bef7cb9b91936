// The directions of the house. `allowed` is the allow-list: an import that no line allows is an error ("not-in-allowed").
// `forbidden` names what would otherwise slip through an allowed folder, so that the message says which rule it is.
//
//   protocol <- clinical <- server | agent            protocol <- ui <- console | tablet
//   main -> app -> everything in server               edges -> domains -> clinical, platform, audit, events
//   *-store.ts -> db; the door to a transaction (db/transaction.ts) is open to the verbs as well

const PROTOCOL = '^packages/protocol/src/';
const CLINICAL = '^packages/clinical/src/';
const GEO = '^packages/geo/src/';
const AUDITOR_RULES = '^packages/auditor-rules/src/';
const RECORDINGS = '^packages/recordings/src/';
const HL7V2 = '^packages/hl7v2/src/';
const UI = '^packages/ui/src/';
const CONSOLE = '^console/';
const TABLET = '^ambulance-client/tablet/';
const AGENT = '^ambulance-client/agent/src/';
const SERVER = '^server/src/';

const EDGES = 'http|ws|nats|fhir|hl7';
const BASE = 'platform|db|embedded|audit|events';
const STORE = '-store\\.ts$';
const DOOR = `${SERVER}db/transaction\\.ts$`;
// Tests, their fixtures, and what a package offers to the tests of others (src/testing/).
const TEST = '(\\.(test|fixture)\\.tsx?|/src/testing/[^/]+\\.ts)$';
const SUPPORT = '^(tests|bench|scripts)/';

// The composition root: app.ts and the parts it is split into (app-database.ts ..).
const APP = `${SERVER}app[a-z-]*\\.ts$`;

// A domain is any folder of the server that is neither an edge nor one of the rooms below the domains.
const DOMAIN = `${SERVER}(?!(?:${EDGES}|${BASE})/)([^/]+)/`;
const ANY_DOMAIN = `${SERVER}(?!(?:${EDGES}|${BASE})/)[^/]+/`;
const PACKAGES = ['npm', 'npm-optional', 'npm-dev', 'npm-peer', 'core'];

const between = (from, ...to) => to.map((path) => ({ from: { path: from }, to: { path } }));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  allowed: [
    // protocol: schemas and the fold. No IO: the schema library and itself.
    ...between(PROTOCOL, PROTOCOL, '(^|/)node_modules/valibot/', '(^|/)node_modules/cborg/'),
    // clinical: pure rules on the protocol's types. No IO: the schema library, for rule sets are data.
    ...between(CLINICAL, CLINICAL, PROTOCOL, '^packages/clinical/(rule-sets|data)/', '(^|/)node_modules/valibot/'),
    // geo: places, gates and datums on the protocol's types, no library at all.
    ...between(GEO, GEO, PROTOCOL),
    // auditor-rules: the clinical documents read a second time; it may know the protocol, never clinical.
    ...between(AUDITOR_RULES, AUDITOR_RULES, PROTOCOL),
    // recordings: pure decoders of foreign files. No IO: the XML tokenizer and themselves.
    ...between(RECORDINGS, RECORDINGS, PROTOCOL, '(^|/)node_modules/saxes/'),
    // hl7v2: messages in, readings and answers out. No IO.
    ...between(HL7V2, HL7V2, PROTOCOL, '(^|/)node_modules/valibot/'),
    // ui, console, tablet: browsers. The console may know the types of the HTTP edge, never its code.
    ...between(UI, UI, PROTOCOL),
    ...between(CONSOLE, CONSOLE, UI, PROTOCOL, '^packages/ui/'),
    ...between(TABLET, TABLET, UI, PROTOCOL, '^packages/ui/'),
    { from: { path: CONSOLE }, to: { path: `${SERVER}http/`, dependencyTypes: ['type-only'] } },
    // agent
    ...between(AGENT, AGENT, CLINICAL, GEO, HL7V2, RECORDINGS, PROTOCOL),

    // server: main starts app; app alone knows everything.
    ...between(`${SERVER}main\\.ts$`, `${SERVER}(app|config)\\.ts$`, `${SERVER}(platform|embedded)/`),
    ...between(APP, SERVER, PROTOCOL, CLINICAL, GEO),
    ...between(`${SERVER}config\\.ts$`, `${SERVER}platform/`, PROTOCOL),
    ...between(`${SERVER}platform/`, `${SERVER}platform/`, PROTOCOL),
    ...between(`${SERVER}db/`, `${SERVER}(db|platform)/`, PROTOCOL),
    ...between(`${SERVER}embedded/`, `${SERVER}(embedded|platform)/`),
    // edges: decode, authorize, call a verb, encode. Each edge stands alone.
    {
      from: { path: `${SERVER}(${EDGES})/` },
      to: { path: [`${SERVER}$1/`, ANY_DOMAIN, `${SERVER}(platform|audit|events)/`, PROTOCOL, CLINICAL] },
    },
    // domains: their own folder, other domains' nouns and verbs, and the rooms below.
    {
      from: { path: DOMAIN },
      to: { path: [`${SERVER}$1/`, ANY_DOMAIN, `${SERVER}(platform|audit|events)/`, PROTOCOL, CLINICAL, GEO, DOOR] },
    },
    { from: { path: `${ANY_DOMAIN}.*${STORE}` }, to: { path: `${SERVER}db/` } },
    // audit and events lie under the domains.
    ...between(`${SERVER}audit/`, `${SERVER}(audit|platform)/`, PROTOCOL, DOOR),
    ...between(`${SERVER}events/`, `${SERVER}(events|audit|platform)/`, PROTOCOL, DOOR),
    { from: { path: `${SERVER}(audit|events)/.*${STORE}` }, to: { path: `${SERVER}db/` } },

    // libraries: everyone but protocol and clinical. A database library outside the stores is a lint error.
    {
      from: { path: [UI, CONSOLE, TABLET, AGENT, SERVER] },
      to: { dependencyTypes: PACKAGES, dependencyTypesNot: ['npm-no-pkg', 'npm-unknown'] },
    },
    // tests stand beside their source or in tests/, and may see what they test and the test support.
    ...between(TEST, '^(packages|server|console|ambulance-client|tests|fixtures|node_modules)/'),
    { from: { path: TEST }, to: { dependencyTypes: ['core'] } },
    { from: { path: SUPPORT }, to: {} },
    // build files at a package's root
    { from: { path: '^(console|ambulance-client/tablet)/vite\\.config\\.ts$' }, to: {} },
  ],
  allowedSeverity: 'error',

  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolves',
      comment: 'An import that leads nowhere hides from every other rule.',
      severity: 'error',
      from: { pathNot: '^node_modules/' },
      to: { couldNotResolve: true, pathNot: '^virtual:|\\?(worker|url|raw|inline)' },
    },
    {
      name: 'product-not-to-test-support',
      severity: 'error',
      from: { path: '^(packages|server|console|ambulance-client)/', pathNot: TEST },
      to: { path: ['^(tests|bench|scripts|fixtures)/', TEST] },
    },
    {
      name: 'only-main-imports-app',
      severity: 'error',
      from: { path: SERVER, pathNot: [`${SERVER}main\\.ts$`, APP, TEST] },
      to: { path: APP },
    },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { path: '^(packages|server|console|ambulance-client)/' },
      to: { path: '^(server|ambulance-client/agent)/src/main\\.ts$' },
    },
    {
      name: 'a-store-belongs-to-its-folder',
      comment:
        "Domain A uses domain B's noun or verb file, never its store; edges use verbs. The stores of audit and events " +
        'are open: their rows belong to the transaction of the verb.',
      severity: 'error',
      from: { path: `${SERVER}([^/]+)/`, pathNot: TEST },
      to: { path: `${SERVER}[^/]+/.*${STORE}`, pathNot: [`${SERVER}$1/`, `${SERVER}(audit|events)/`] },
    },
    {
      name: 'domain-not-to-edge',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TEST },
      to: { path: `${SERVER}(${EDGES})/` },
    },
  ],

  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages/[^/]+|server|console|ambulance-client/[^/]+|bench|tests)/(dist|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
