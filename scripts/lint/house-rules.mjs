// The bans of the house that no built-in oxlint rule expresses. Which files each rule covers stands in .oxlintrc.json.

const WRITE_DOOR = 'withActor';
const TRANSACTION_WORDS = /^\s*(begin|commit|rollback|savepoint|start\s+transaction)\b/i;
const POOL_NAMES = /^(pool|client|db|database|pg|conn|connection)$|(Pool|Client|Database|Connection)$/;

const nameOf = (node) => {
  if (node?.type === 'Identifier' || node?.type === 'PrivateIdentifier') return node.name;
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'MemberExpression') return nameOf(node.property);
  if (node?.type === 'ThisExpression') return 'this';
  return undefined;
};

const isMember = (node, object, property) =>
  node?.type === 'MemberExpression' && nameOf(node.object) === object && nameOf(node.property) === property;

const firstText = (node) => {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral') return node.quasis[0]?.value.cooked ?? '';
  if (node?.type === 'TaggedTemplateExpression') return firstText(node.quasi);
  return undefined;
};

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);

const noAmbientClock = {
  create(context) {
    const report = (node, what, instead) =>
      context.report({ node, message: `${what} is not allowed here: take ${instead} as an argument.` });
    return {
      MemberExpression(node) {
        if (isMember(node, 'Date', 'now')) report(node, 'Date.now', 'a Clock');
        if (isMember(node, 'performance', 'now')) report(node, 'performance.now', 'a Clock');
        if (isMember(node, 'Math', 'random')) report(node, 'Math.random', 'an Rng');
      },
      NewExpression(node) {
        if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) report(node, 'new Date()', 'a Clock');
      },
      CallExpression(node) {
        const name = nameOf(node.callee);
        if (node.callee.type === 'Identifier' && name === 'Date') report(node, 'Date()', 'a Clock');
        const isGlobal = node.callee.type === 'Identifier' || nameOf(node.callee.object) === 'globalThis';
        if (isGlobal && TIMERS.has(name)) report(node, name, 'a timer port');
      },
      ImportDeclaration(node) {
        if (/^(node:)?timers(\/promises)?$/.test(node.source.value)) report(node, node.source.value, 'a timer port');
      },
    };
  },
};

const environmentOnlyInConfig = {
  create(context) {
    const report = (node) =>
      context.report({ node, message: 'process.env is read in config.ts alone: pass the setting in.' });
    return {
      MemberExpression(node) {
        // main hands the environment as a whole to readConfig, which lies in config.ts.
        const isHandedOn =
          node.parent.type === 'CallExpression' && /^read\w*Config$/.test(nameOf(node.parent.callee) ?? '');
        if (isMember(node, 'process', 'env') && !isHandedOn) report(node);
      },
      VariableDeclarator(node) {
        if (node.id.type !== 'ObjectPattern' || nameOf(node.init) !== 'process') return;
        if (node.id.properties.some((property) => nameOf(property.key) === 'env')) report(node);
      },
      ImportDeclaration(node) {
        if (!/^(node:)?process$/.test(node.source.value)) return;
        if (node.specifiers.some((specifier) => nameOf(specifier.imported) === 'env')) report(node);
      },
    };
  },
};

const noHtmlInjection = {
  create(context) {
    const report = (node, what) => context.report({ node, message: `${what} is banned: build nodes, set text.` });
    return {
      MemberExpression(node) {
        const name = nameOf(node.property);
        if (name === 'innerHTML' || name === 'outerHTML') report(node, name);
        if (isMember(node, 'document', 'write')) report(node, 'document.write');
      },
      CallExpression(node) {
        if (node.callee.type === 'MemberExpression' && nameOf(node.callee.property) === 'insertAdjacentHTML')
          report(node, 'insertAdjacentHTML');
      },
      JSXAttribute(node) {
        if (node.name.name === 'innerHTML' || node.name.name?.name === 'innerHTML') report(node, 'innerHTML');
      },
    };
  },
};

const noCastFromJson = {
  create(context) {
    const isJson = (node) => {
      if (node?.type === 'AwaitExpression') return isJson(node.argument);
      if (node?.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false;
      return isMember(node.callee, 'JSON', 'parse') || nameOf(node.callee.property) === 'json';
    };
    return {
      TSAsExpression(node) {
        if (node.typeAnnotation.type !== 'TSUnknownKeyword' && isJson(node.expression))
          context.report({ node, message: 'Nothing is cast from JSON: read it with a schema or refuse it.' });
      },
    };
  },
};

const noQueryOutsideStore = {
  create(context) {
    return {
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression') return;
        const method = nameOf(node.callee.property);
        const statement = firstText(node.arguments[0]);
        if (statement !== undefined && ['query', 'execute', 'unsafe'].includes(method)) {
          if (TRANSACTION_WORDS.test(statement))
            return context.report({ node, message: `Transactions begin and end in ${WRITE_DOOR} alone.` });
        }
        if (['query', 'execute', 'transaction'].includes(method) && POOL_NAMES.test(nameOf(node.callee.object) ?? ''))
          context.report({
            node,
            message: `No query outside ${WRITE_DOOR}: take its tx in a *-store.ts, never a pool or client.`,
          });
      },
    };
  },
};

const contains = (outer, inner) => outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The name a function is known by: its own, or that of the property, method or variable that holds it. */
const functionName = (node) => {
  if (node.id) return nameOf(node.id);
  const { parent } = node;
  if (parent?.type === 'VariableDeclarator') return nameOf(parent.id);
  if (['Property', 'MethodDefinition', 'PropertyDefinition'].includes(parent?.type)) return nameOf(parent.key);
  return undefined;
};

const isInsideDoor = (node) => {
  for (let outer = node.parent; outer; outer = outer.parent)
    if (FUNCTIONS.has(outer.type) && functionName(outer) === WRITE_DOOR) return true;
  return false;
};

/** The module's top-level functions, variables and classes, each with the names it is exported by. */
const declarationsOf = (program) => {
  const declarations = new Map();
  for (const statement of program.body) {
    const isExported = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const inner = isExported ? statement.declaration : statement;
    const items = inner?.type === 'VariableDeclaration' ? inner.declarations : inner?.id ? [inner] : [];
    for (const node of items) declarations.set(nameOf(node.id), { node, isExported });
  }
  for (const statement of program.body)
    for (const item of (statement.type === 'ExportNamedDeclaration' && statement.specifiers) || []) {
      const declaration = declarations.get(nameOf(item.local));
      if (declaration) declaration.isExported = true;
    }
  return declarations;
};

// A declaration is a door when it begins a transaction, or uses a helper of the module that does, outside withActor.
const oneDoorToTransactions = {
  create(context) {
    const begins = [];
    const uses = [];
    const look = (node) => {
      if (/^\s*(begin|start\s+transaction)\b/i.test(firstText(node) ?? '')) begins.push(node);
    };
    return {
      Literal: look,
      TemplateLiteral: look,
      CallExpression(node) {
        if (node.callee.type === 'MemberExpression' && nameOf(node.callee.property) === 'transaction')
          begins.push(node);
        if (node.callee.type === 'Identifier') uses.push(node);
      },
      'Program:exit'(program) {
        const declarations = declarationsOf(program);
        const doors = new Set();
        for (let before = -1; before !== doors.size;) {
          before = doors.size;
          const opening = [...begins, ...uses.filter((use) => doors.has(nameOf(use.callee)))];
          for (const [name, { node }] of declarations)
            if (opening.some((open) => contains(node, open) && !isInsideDoor(open))) doors.add(name);
        }
        for (const [name, { node, isExported }] of declarations)
          if (isExported && doors.has(name) && name !== WRITE_DOOR)
            context.report({ node, message: `${name} opens a transaction: ${WRITE_DOOR} is the only exported door.` });
      },
    };
  },
};

/**
 * A transaction in a person's name is authorized and writes an audit row in the same function. The server's own parts
 * (systemActor) need neither. The names that count are options, so that the code's own words decide: `doors`, `authorize`
 * and `audit` are regular expressions over the names of called functions.
 */
const guardedTransaction = {
  meta: {
    schema: [
      {
        type: 'object',
        properties: { doors: { type: 'string' }, authorize: { type: 'string' }, audit: { type: 'string' } },
        additionalProperties: false,
      },
    ],
  },
  create(context) {
    const { doors, authorize, audit } = {
      doors: `^${WRITE_DOOR}$`,
      authorize: '^authori[sz]e',
      audit: '[aA]udit',
      ...context.options?.[0],
    };
    const isDoor = new RegExp(doors);
    const authorizes = new RegExp(authorize);
    const audits = new RegExp(audit);
    const calls = [];
    const systemActors = new Set();
    const isSystemActor = (node) =>
      node?.type === 'CallExpression' ? nameOf(node.callee) === 'systemActor' : systemActors.has(nameOf(node));
    const verbAround = (node) => {
      for (let outer = node.parent; outer; outer = outer.parent)
        if (FUNCTIONS.has(outer.type) && functionName(outer) !== undefined) return outer;
      return undefined;
    };
    return {
      VariableDeclarator(node) {
        if (node.init?.type === 'CallExpression' && nameOf(node.init.callee) === 'systemActor')
          systemActors.add(nameOf(node.id));
      },
      CallExpression(node) {
        calls.push({ node, name: nameOf(node.callee) ?? '' });
      },
      'Program:exit'() {
        for (const door of calls.filter(({ name, node }) => isDoor.test(name) && !isSystemActor(node.arguments[0]))) {
          const verb = verbAround(door.node);
          const inside = calls.filter((call) => !verb || contains(verb, call.node));
          const missing = [];
          if (!inside.some((call) => authorizes.test(call.name))) missing.push('authorization');
          if (!inside.some((call) => audits.test(call.name))) missing.push('audit');
          if (missing.length > 0)
            context.report({ node: door.node, message: `Transaction without ${missing.join(' and ')}.` });
        }
      },
    };
  },
};

const KEBAB_CASE = /^[a-z0-9]+(-([a-z0-9]+|CN))*$/;
const EMPTY_WORDS = /(^|-)(utils?|helpers?|common|managers?|misc)(-|$)/;

const fileName = {
  create(context) {
    return {
      Program(node) {
        const [stem] = context.filename.split('/').at(-1).replace(/^\./, '').split('.');
        if (!KEBAB_CASE.test(stem)) context.report({ node, message: `${stem}: file names are kebab-case.` });
        if (EMPTY_WORDS.test(stem))
          context.report({ node, message: `${stem}: name the file in the words of the domain.` });
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: {
    'environment-only-in-config': environmentOnlyInConfig,
    'file-name': fileName,
    'guarded-transaction': guardedTransaction,
    'no-ambient-clock': noAmbientClock,
    'no-cast-from-json': noCastFromJson,
    'no-html-injection': noHtmlInjection,
    'no-query-outside-store': noQueryOutsideStore,
    'one-door-to-transactions': oneDoorToTransactions,
  },
};
