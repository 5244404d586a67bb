import type { Builder, EnumRef, InputRef, ObjectRef } from '../graph/builder.js'
import type { Check, HttpHeader, HttpMethod, IpVersion, KeywordRule } from '../protocol/check.js'
import type { CheckChanges } from './merge-check.js'
import { atMost } from '../graph/items-max.js'
import { HEADERS_MAX } from '../protocol/limits.js'

export type CheckRef = ObjectRef<Check>
export type CheckInputRef = InputRef<CheckChanges>

/** What of a check its type and its input say in the same words. */
const DESCRIPTIONS: Record<keyof Check, string> = {
  method: 'Method of the request.',
  timeoutMs: 'Milliseconds for everything, redirects and body included; 1 to 60000.',
  statuses:
    'Statuses of a good answer: codes and ranges, rising and without overlap, joined by commas without blanks, such as `200-299,401`.',
  redirects: 'Redirects to follow, 0 to 10; with 0 a redirect is the answer itself.',
  keyword: 'Text that is searched in the first MiB of the body; at most 256 bytes.',
  keywordMust: 'Whether the keyword must be present or absent; given exactly when there is a keyword.',
  maxLatencyMs: 'Most milliseconds that a good answer may take; 1 to 60000.',
  certificateDays: 'Whole days for which the certificate must still be valid, 0 to 3650.',
  ipVersion: 'The IP version to connect over.',
  headers: 'Headers of the request. Every validator sees them, secrets in them too.',
  body: 'Body of a POST request; at most 64 KiB.',
}
const DEFAULTS: Record<keyof Check, string> = {
  method: 'GET',
  timeoutMs: '10000',
  statuses: '`200-299`',
  redirects: '5',
  keyword: 'none',
  keywordMust: 'none',
  maxLatencyMs: 'no limit',
  certificateDays: 'no limit',
  ipVersion: 'ANY',
  headers: 'none',
  body: 'none',
}

export function addCheckTypes(builder: Builder): { check: CheckRef; checkInput: CheckInputRef } {
  const enums = addCheckEnums(builder)
  const header = builder.objectRef<HttpHeader>('HttpHeader').implement({
    description: 'A header of the request.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.' }),
      value: t.exposeString('value', { description: 'Its value.' }),
    }),
  })
  const absent = (name: keyof Check) =>
    ({ nullable: true, description: `${DESCRIPTIONS[name]} Null is none.` }) as const
  const present = (name: keyof Check) => ({ description: DESCRIPTIONS[name] })
  const check = builder.objectRef<Check>('Check').implement({
    description: 'How a website is checked. Ticks are signed over the hash of these settings.',
    fields: (t) => ({
      method: t.expose('method', { type: enums.method, ...present('method') }),
      timeoutMs: t.exposeInt('timeoutMs', present('timeoutMs')),
      statuses: t.exposeString('statuses', present('statuses')),
      redirects: t.exposeInt('redirects', present('redirects')),
      keyword: t.exposeString('keyword', absent('keyword')),
      keywordMust: t.expose('keywordMust', { type: enums.keywordRule, ...absent('keywordMust') }),
      maxLatencyMs: t.exposeInt('maxLatencyMs', absent('maxLatencyMs')),
      certificateDays: t.exposeInt('certificateDays', absent('certificateDays')),
      ipVersion: t.expose('ipVersion', { type: enums.ipVersion, ...present('ipVersion') }),
      headers: t.expose('headers', { type: [header], ...present('headers'), extensions: atMost(HEADERS_MAX) }),
      body: t.exposeString('body', absent('body')),
    }),
  })
  return { check, checkInput: addCheckInput(builder, enums) }
}

interface CheckEnums {
  method: EnumRef<HttpMethod>
  keywordRule: EnumRef<KeywordRule>
  ipVersion: EnumRef<IpVersion>
}

function addCheckEnums(builder: Builder): CheckEnums {
  const method = builder.enumType('HttpMethod', {
    description: 'Method of a request.',
    values: {
      GET: { description: 'Asks for the page.' },
      HEAD: { description: 'Asks only for the headers.' },
      POST: { description: 'Sends a body.' },
    } satisfies Record<HttpMethod, object>,
  })
  const keywordRule = builder.enumType('KeywordRule', {
    description: 'Whether a keyword must be present or absent.',
    values: {
      PRESENT: { description: 'The body has to contain it.' },
      ABSENT: { description: 'The body must not contain it.' },
    } satisfies Record<KeywordRule, object>,
  })
  const ipVersion = builder.enumType('IpVersion', {
    description: 'Version of the Internet Protocol.',
    values: {
      ANY: { description: 'Either, whichever the validator has.' },
      V4: { description: 'IPv4 only.' },
      V6: { description: 'IPv6 only.' },
    } satisfies Record<IpVersion, object>,
  })
  return { method, keywordRule, ipVersion }
}

function addCheckInput(builder: Builder, enums: CheckEnums): CheckInputRef {
  const header = builder.inputType('HttpHeaderInput', {
    description: 'A header of the request.',
    fields: (t) => ({
      name: t.string({
        description: 'Its name, at most once, ignoring case. Headers that the connection itself needs are refused.',
      }),
      value: t.string({ description: 'Its value: printable ASCII, at most 1024 characters.' }),
    }),
  })
  const optional = (name: keyof Check) =>
    ({ required: false, description: `${DESCRIPTIONS[name]} Default: ${DEFAULTS[name]}.` }) as const
  return builder.inputRef<CheckChanges>('CheckInput').implement({
    description:
      'Settings of a check. Fields left out keep their value, or the default on a new website; null restores the default.',
    fields: (t) => ({
      method: t.field({ type: enums.method, ...optional('method') }),
      timeoutMs: t.int(optional('timeoutMs')),
      statuses: t.string(optional('statuses')),
      redirects: t.int(optional('redirects')),
      keyword: t.string(optional('keyword')),
      keywordMust: t.field({ type: enums.keywordRule, ...optional('keywordMust') }),
      maxLatencyMs: t.int(optional('maxLatencyMs')),
      certificateDays: t.int(optional('certificateDays')),
      ipVersion: t.field({ type: enums.ipVersion, ...optional('ipVersion') }),
      headers: t.field({ type: [header], ...optional('headers') }),
      body: t.string(optional('body')),
    }),
  })
}
